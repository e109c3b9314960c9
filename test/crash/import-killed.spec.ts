import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { simulate } from '#simulation';
import { Random } from '../fixtures/random.js';
import { KillableDaybook } from './killable-daybook.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const kills = deep ? 10 : 2;
const deliveries = deep ? 12_000 : 1_600;
const batchDeliveries = 100;
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);

interface BatchAnswer {
  readonly outcomes: readonly { readonly outcome: string }[];
  readonly position: string | null;
}

/** What an import saw: how often it was interrupted, and what was acknowledged to it. */
interface ImportReport {
  readonly killedBeforeCommit: number;
  readonly recorded: number;
  readonly position: string;
}

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-crash-'));
  // PostgreSQL runs as another user where the tests run as root, and must be able to enter.
  await chmod(folder, 0o711);
  folders.push(folder);
  return join(folder, 'data');
}

async function send(url: string, batch: readonly object[]): Promise<BatchAnswer> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(batch),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${body}`);
  return JSON.parse(body) as BatchAnswer;
}

/** Sends everything in order; after each kill the batch that was not answered is sent again. */
async function importAll(
  daybook: KillableDaybook,
  killAfter: ReadonlySet<number>,
): Promise<ImportReport> {
  const all = [...simulate({ seed: 7, events: deliveries })];
  let killedBeforeCommit = 0;
  let recorded = 0;
  let position = '';
  await daybook.start();
  for (let from = 0; from < all.length; from += batchDeliveries) {
    const batch = all.slice(from, from + batchDeliveries);
    const number = from / batchDeliveries;
    const answer = await send(daybook.url, batch);
    recorded += answer.outcomes.filter(({ outcome }) => outcome === 'recorded').length;
    position = answer.position ?? position;
    if (!killAfter.has(number)) continue;
    const interrupted = send(
      daybook.url,
      all.slice(from + batchDeliveries, from + 2 * batchDeliveries),
    ).catch(() => undefined);
    await pause(new Random(seed + number).between(0, 15));
    await daybook.kill();
    await interrupted;
    if ((await daybook.projectedEvents()) < recorded + 1) killedBeforeCommit += 1;
    await daybook.start();
  }
  const settled = await fetch(`${daybook.url}/v1/trial-balance?after=${position}&wait=20000`);
  if (!settled.ok) throw new Error(await settled.text());
  await daybook.stop();
  return { killedBeforeCommit, recorded, position };
}

/** Two ledgers differ in their id and in when they were opened, and in nothing else. */
function withoutLedger(tables: string): string {
  return tables
    .split('\n')
    .filter((line) => !line.startsWith('["ledger-main"'))
    .join('\n');
}

describe(`an import killed with SIGKILL ${kills} times (seed ${seed})`, () => {
  afterAll(async () => {
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });

  it('leaves the tables of an import that was not interrupted', async () => {
    const batches = deliveries / batchDeliveries;
    const random = new Random(seed);
    const points = random
      .shuffled(Array.from({ length: batches - 2 }, (_unused, index) => index))
      .slice(0, kills);
    const interrupted = new KillableDaybook(await newFolder());
    const straight = new KillableDaybook(await newFolder());

    const report = await importAll(interrupted, new Set(points));
    await importAll(straight, new Set());

    console.log(
      `killed after batches ${points.sort((a, b) => a - b).join(', ')}; ${report.killedBeforeCommit} of them between acknowledgement and commit`,
    );
    expect(withoutLedger(await interrupted.tables())).toBe(withoutLedger(await straight.tables()));
    expect(report.killedBeforeCommit).toBeGreaterThanOrEqual(deep ? 3 : 1);
  });
});
