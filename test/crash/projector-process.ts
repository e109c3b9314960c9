/* A projector of the accounts in a process of its own, which ends or stops itself at a planned point. */
import pg from 'pg';
import { connectEventStore } from '#event-store';
import { runProjectionGroup } from '#projection-engine';
import { accounts, reading } from '../contract/projection-engine/accounts-domain.js';
import { pointedPool, pointedStore } from './awaited.js';
import type { ProjectorPlan } from './killable-projector.js';

const plan = JSON.parse(process.argv[2] ?? '{}') as ProjectorPlan;
let points = 0;
let isPast = plan.afterSequence === undefined;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function point(name: string): void {
  points += 1;
  const { signal, atPoint, atName } = plan;
  if (signal === undefined) return;
  if (points !== atPoint && !(isPast && name === atName)) return;
  plan.signal = undefined;
  // Standard output is a pipe, so this is out before the signal.
  say({ signalled: name });
  process.kill(process.pid, signal);
}

const store = connectEventStore({ connectionString: plan.eventStoreUrl, access: 'read' });
const pool = new pg.Pool({ connectionString: plan.databaseUrl, max: 4 });
pool.on('error', () => undefined);
const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
const end = await runProjectionGroup({
  ...reading,
  store: pointedStore(store, point),
  pool: pointedPool(pool, point),
  definition: accounts,
  generation: 1,
  batchEventsMax: plan.batchEventsMax,
  ...(plan.lease && { lease: plan.lease }),
  signal: ending.signal,
  report: ({ state, sequence, epoch, repeated, lastBatch }) => {
    isPast ||= sequence >= (plan.afterSequence ?? 0) && state.state === 'live';
    const committed = lastBatch !== undefined;
    say({ state: state.state, sequence, epoch, repeated, committed, points });
  },
});
say({ end });
await store.close();
await pool.end();
process.exit(0);
