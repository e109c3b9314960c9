import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { mountSmallDisk } from '../doubles/small-disk.js';
import { Load } from './outage-load.js';

const kilobyte = 1024;
const noRoom = { code: 'ENOSPC' };
const eventsBetween = 200;
const refusalMilliseconds = 30_000;
const recoveryMilliseconds = 40_000;
const disk = mountSmallDisk('disk', 260);
if (disk === undefined) {
  console.info('A full disk is skipped: it takes root on Linux, who may mount a small one.');
}

describe.runIf(disk !== undefined)('a whole data directory on a full disk, under load', () => {
  let daybook: RunningDaybook;
  let load: Load;

  beforeAll(async () => {
    // Root runs PostgreSQL as another user, who must be able to enter the folders.
    await chmod(disk!.path, 0o711);
    const dataDirectory = join(disk!.path, 'data');
    await mkdir(dataDirectory, { mode: 0o711 });
    daybook = await startRunningDaybook({ dataDirectory });
    load = new Load(daybook);
  });
  afterAll(async () => {
    await daybook?.end();
    await disk!.remove();
  });

  it('refuses what it cannot keep, and goes on by itself with both stores once there is room', async () => {
    await load.acknowledgedMore(eventsBetween);
    // What is written meanwhile may take the last of the room before this does.
    await disk!.fill(600 * kilobyte).catch((error: unknown) => expect(error).toMatchObject(noRoom));
    await endOfLog(daybook.dataDirectory);
    const refused = { timeout: refusalMilliseconds, interval: 50 };
    await vi.waitFor(() => expect(load.refusals.size).toBeGreaterThan(0), refused);
    await vi.waitFor(async () => {
      expect(await daybook.get('/health/ready')).toMatchObject({
        status: 503,
        body: { checks: { database: { state: 'failed' } } },
      });
    }, refused);
    expect(await daybook.get('/health/live')).toMatchObject({ status: 200 });

    await disk!.makeRoom();
    await load.acknowledgedMore(eventsBetween);
    await load.end();
    await vi.waitFor(
      async () => {
        expect(await daybook.get('/health/ready')).toMatchObject({
          status: 200,
          body: {
            checks: {
              projector: { state: 'caught_up', sequence: load.acknowledged.size + 1 },
            },
          },
        });
      },
      { timeout: recoveryMilliseconds, interval: 100 },
    );
    expect((await verification(daybook.dataDirectory)).output).toContain('No difference.');
    console.log(`refused meanwhile: ${JSON.stringify(Object.fromEntries(load.refusals))}`);
  });
});

/** Has PostgreSQL take up segments of its log until the disk has none left to give. */
async function endOfLog(dataDirectory: string): Promise<void> {
  const { databaseUrl } = JSON.parse(await readFile(join(dataDirectory, 'run.json'), 'utf8')) as {
    readonly databaseUrl: string;
  };
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (;;) {
      await client.query("SELECT pg_logical_emit_message(true, 'a', 'b')");
      await client.query('SELECT pg_switch_wal()');
    }
  } catch (error) {
    expect(String(error)).toMatch(
      /No space left|Connection terminated|shut|ECONNREFUSED|recovery/i,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
