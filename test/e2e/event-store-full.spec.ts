import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedEventStore } from '#embedded-event-store';
import { connectEventStore } from '#event-store';
import { startRunningDaybook } from '../doubles/running-daybook.js';
import { mountSmallDisk } from '../doubles/small-disk.js';

const mebibyte = 1_048_576;
const scanCount = 20;

function scan(index: number): object {
  return {
    specversion: '1.0',
    id: `scan-${index}`,
    source: 'carrier',
    type: 'ShipmentScanned',
    objectid: `parcel${index}`,
    time: '2026-01-02T03:04:05Z',
    data: { code: 'arrived' },
  };
}

/** Takes what room there is with events of somebody else, in ever smaller appends. */
async function takeAllRoom(connectionString: string): Promise<void> {
  const store = connectEventStore({ connectionString });
  let revision: number | undefined;
  for (let bytes = 500_000; bytes > 10;) {
    const outcome = await store.append({
      stream: 'foreign-1',
      expectedRevision: revision ?? 'no_stream',
      events: [
        {
          eventId: crypto.randomUUID(),
          type: 'Filler',
          data: { text: 'x'.repeat(bytes) },
          metadata: {},
        },
      ],
    });
    if (outcome.outcome === 'appended') revision = outcome.revision;
    else if (outcome.outcome === 'unknown' && outcome.cause === 'store_full') bytes /= 4;
    else throw new Error(JSON.stringify(outcome));
  }
  await store.close();
}

describe('while the event store’s disk is full', () => {
  it('nothing is recorded, each answer says what to do, and the same requests are recorded once there is room', async (test) => {
    const disk = mountSmallDisk('event-store', 12);
    if (!disk) {
      test.skip('this user may not mount a small filesystem');
      return;
    }
    onTestFinished(() => disk.remove());
    await disk.fill(7 * mebibyte);
    const node = await startEmbeddedEventStore({ directory: disk.path });
    onTestFinished(() => node.stop());
    const environment = { EVENTSTORE_URL: node.connectionString };
    const daybook = await startRunningDaybook({ environment });
    onTestFinished(() => daybook.stop());
    expect(await daybook.post('/v1/events', scan(0))).toMatchObject({ status: 201 });
    await takeAllRoom(node.connectionString);

    const scans = Array.from({ length: scanCount }, (_, index) => scan(index + 2));
    for (const request of [scan(1), scans]) {
      const { status, headers, body } = await daybook.post('/v1/events', request);
      expect(status).toBe(507);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
      expect(body).toMatchObject({
        code: 'event_store_full',
        detail: expect.stringMatching(/disk is full.*Make room/),
      });
    }
    const parcels = Array.from({ length: scanCount + 2 }, (_, index) =>
      daybook.get(`/v1/streams/shipment-carrier:parcel${index}`),
    );
    const [before, ...refused] = await Promise.all(parcels);
    expect(before).toMatchObject({ status: 200 });
    for (const answer of refused) expect(answer).toMatchObject({ status: 404 });
    expect(await daybook.get('/health/live')).toMatchObject({ status: 200 });

    await disk.makeRoom();
    expect(await daybook.post('/v1/events', scan(1))).toMatchObject({ status: 201 });
    const recorded = await daybook.post('/v1/events', scans);
    expect(recorded.status).toBe(200);
    const all = (outcome: string) => ({ outcomes: scans.map(() => ({ outcome })) });
    expect(recorded.body).toMatchObject(all('recorded'));
    expect((await daybook.post('/v1/events', scans)).body).toMatchObject(all('repeated'));
  });
});
