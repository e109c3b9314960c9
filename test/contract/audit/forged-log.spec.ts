import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeByte, dropFrame } from '../../doubles/forged-log.js';
import { ledgerOf, SealedLedger, withStore, writeAll } from './sealed-ledger.js';

const eventsWritten = 400;
const alone = 303;

/** One order of a single event among the others: it can be taken out without a gap on its stream. */
const events = ledgerOf(eventsWritten).toSpliced(alone, 0, {
  leaf: 'order-shop:alone',
  event: {
    eventId: '00000000-0000-4000-9000-00000000aaaa',
    type: 'OrderCaptured',
    data: { word: 'standing-alone' },
    metadata: { account: 'shop' },
  },
});

let ledger: SealedLedger;

beforeAll(async () => {
  ledger = await SealedLedger.make();
  await withStore(ledger.eventStore, async (store) => {
    await writeAll(store, events);
    await ledger.seal(store);
  });
});
afterAll(async () => {
  await ledger.remove();
});

async function reportOf(forge: (directory: string) => Promise<void>) {
  const directory = await ledger.newFolder();
  await cp(ledger.eventStore, directory, { recursive: true });
  await forge(directory);
  return withStore(directory, (store) => ledger.verify(store));
}

describe('a log that was forged on the disk with every checksum made right', () => {
  it('is opened and sound where nothing was forged', async () => {
    expect(await reportOf(async () => undefined)).toMatchObject({ outcome: 'sound' });
  });

  it("has one byte of one event's data changed, and the event is named", async () => {
    const report = await reportOf((directory) =>
      changeByte(directory, 'standing-alone', 'S'.charCodeAt(0)),
    );
    expect(report.findings).toMatchObject([
      {
        code: 'seal_differs',
        kind: 'changed',
        sequence: alone,
        inStore: { leaf: 'order-shop:alone', revision: 0 },
      },
      // The ledger's own record of the seal contradicts it too.
      { code: 'recorded_seal_differs', sequence: events.length },
    ]);
  });

  it('lacks one event in the middle, and its place is named', async () => {
    const report = await reportOf((directory) => dropFrame(directory, 'standing-alone'));
    expect(report.events).toBe(events.length);
    expect(report.findings).toMatchObject([
      {
        code: 'seal_differs',
        kind: 'removed',
        sequence: alone,
        events: 1,
        inStore: { eventId: events[alone + 1]!.event.eventId },
      },
      { code: 'recorded_seal_differs', sequence: events.length - 1 },
    ]);
  });
});
