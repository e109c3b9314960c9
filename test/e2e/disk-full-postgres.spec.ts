import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { mountSmallDisk } from '../doubles/small-disk.js';

const kilobyte = 1024;
const disk = mountSmallDisk('postgres', 140);
if (disk === undefined) {
  console.info('A full disk is skipped: it takes root on Linux, who may mount a small one.');
}

let scans = 0;
/** So many facts that nobody has sent. */
function newFacts(count: number): readonly object[] {
  return Array.from({ length: count }, () => {
    scans += 1;
    return {
      specversion: '1.0',
      id: `scan-${scans}`,
      source: 'carrier',
      type: 'ShipmentScanned',
      objectid: `parcel-${scans}`,
      time: '2026-01-02T03:04:05Z',
      data: { code: 'arrived' },
    };
  });
}

describe.runIf(disk !== undefined)('while the disk of PostgreSQL is full', () => {
  let daybook: RunningDaybook;
  let recorded = 0;

  beforeAll(async () => {
    // The event store lies on another disk: this is about the database alone.
    const dataDirectory = dirname(disk!.path);
    await writeFile(join(dataDirectory, 'format-version'), '1\n');
    daybook = await startRunningDaybook({ dataDirectory });
    await send(newFacts(5));
  });
  afterAll(async () => {
    await daybook.end();
    await disk!.remove();
  });

  async function send(facts: readonly object[]) {
    const answer = await daybook.post('/v1/events', facts, {
      'content-type': 'application/cloudevents-batch+json',
    });
    if (answer.status === 200) recorded += facts.length;
    return answer;
  }

  async function sendUntilRefused() {
    for (;;) {
      const facts = newFacts(100);
      const answer = await send(facts);
      if (answer.status !== 200) return { facts, answer };
    }
  }

  /** Everything that was answered as recorded is in the ledger once, in the models, and nothing else. */
  async function expectWhole() {
    await vi.waitFor(
      async () => {
        const ready = await daybook.get('/health/ready');
        expect(ready).toMatchObject({
          status: 200,
          body: { checks: { projector: { state: 'caught_up', sequence: recorded + 1 } } },
        });
      },
      { timeout: 30_000, interval: 100 },
    );
    const verified = await verification(daybook.dataDirectory);
    expect(verified.output).toContain('No difference.');
  }

  it('what cannot be kept is refused with the way out, and recorded once there is room', async () => {
    await disk!.fill(600 * kilobyte);
    const { facts, answer } = await sendUntilRefused();
    expect(answer).toMatchObject({
      status: 503,
      body: {
        code: 'evidence_store_full',
        detail: expect.stringContaining('is full; nothing was accepted'),
      },
    });
    expect(await daybook.get('/problems/evidence_store_full')).toMatchObject({
      body: expect.stringContaining('Make room on the disk'),
    });

    await disk!.makeRoom();
    expect(await send(facts)).toMatchObject({ status: 200 });
    await expectWhole();
  });

  it('and PostgreSQL ends for want of room for its log, Daybook waits, and goes on with both', async () => {
    await disk!.fill(600 * kilobyte);
    await endOfLog(daybook.dataDirectory);
    const facts = newFacts(3);
    await vi.waitFor(async () => expect(await send(facts)).toMatchObject({ status: 503 }));
    await vi.waitFor(() => expect(daybook.log()).toContain('starts again once'), {
      timeout: 20_000,
    });
    expect(await daybook.get('/health/ready')).toMatchObject({ status: 503 });

    await disk!.makeRoom();
    await vi.waitFor(async () => expect(await send(facts)).toMatchObject({ status: 200 }), {
      timeout: 30_000,
      interval: 200,
    });
    await expectWhole();
  });
});

/** Has PostgreSQL take up segments of its log until the disk has none left to give. */
async function endOfLog(dataDirectory: string): Promise<void> {
  const { databaseUrl } = JSON.parse(await readFile(join(dataDirectory, 'run.json'), 'utf8')) as {
    readonly databaseUrl: string;
  };
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) {
      await client.query("SELECT pg_logical_emit_message(true, 'a', 'b')");
      await client.query('SELECT pg_switch_wal()');
    }
  } catch (error) {
    expect(String(error)).toMatch(/No space left|Connection terminated|shut/i);
  } finally {
    await client.end().catch(() => undefined);
  }
}
