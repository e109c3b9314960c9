import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from './command-line.js';

const fixture = join(import.meta.dirname, '../fixtures/former-event-log/events.log.gz');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-former-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a data directory whose event log is of the former format', () => {
  it('is carried over, and says all that it said', async () => {
    await mkdir(join(folder, 'eventstore'), { mode: 0o700 });
    await writeFile(join(folder, 'format-version'), '1\n');
    await writeFile(join(folder, 'eventstore/events.log'), gunzipSync(await readFile(fixture)));

    const statistics = await answerOf(['stats', '--data', folder]);

    expect(statistics).toMatchObject({
      sequence: 41,
      eventsByType: { ItemCostSet: '25', LedgerOpened: '1', StockReceived: '15' },
    });
  });
});
