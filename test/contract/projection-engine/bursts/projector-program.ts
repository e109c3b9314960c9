/* A projector of the accounts in a process of its own, with a thread that reads for it. */
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { connectEventStore, type StoreNotice } from '#event-store';
import { runProjectionGroup, ThreadFeed } from '#projection-engine';
import { accounts, reading } from '../accounts-domain.js';
import type { ProjectorStart, ProjectorWords } from './messages.js';

const start = JSON.parse(process.argv[2] ?? '{}') as ProjectorStart;
const say = (words: ProjectorWords): void => void process.send?.(words);
const report = (notice: StoreNotice): void => say({ kind: 'notice', notice });

const ending = new AbortController();
process.once('message', () => ending.abort());
const connectionString = start.eventStoreUrl;
const store = connectEventStore({ connectionString, access: 'read', report });
const worker = new Worker(new URL('./feed-program.js', import.meta.url), { workerData: start });
worker.on('message', report);
const feed = new ThreadFeed(worker);
const pool = new pg.Pool({ connectionString: start.databaseUrl, max: 4 });

const end = await runProjectionGroup({
  ...reading,
  store,
  feed,
  pool,
  definition: accounts,
  generation: 1,
  batchEventsMax: start.batchEventsMax,
  signal: ending.signal,
  report: ({ state: { state }, sequence, repeated }) => {
    say({ kind: 'progress', state, sequence, repeated });
  },
});
await feed.close();
await store.close();
await pool.end();
const { user, system } = process.cpuUsage();
say({ kind: 'stopped', end: JSON.stringify(end), cpuMicroseconds: user + system });
process.disconnect();
