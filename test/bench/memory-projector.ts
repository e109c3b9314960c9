import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { connectEventStore } from '#event-store';
import { runProjectionGroup, ThreadFeed } from '#projection-engine';
import { daybookGroup } from '#projections';
import { benchReading } from './replay-reading.js';
import type { ProjectorMemory } from './memory.js';

/* A projector in a process of its own, which says on a line of JSON now and then what memory it takes. */

const definition = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });
/** As the program's projector has it. */
const batchEventsMax = 3_000;
const eventsBetweenLines = 50_000;

const [eventStoreUrl = '', databaseUrl = '', wanted = ''] = process.argv.slice(2);
const events = Number(wanted);
const began = performance.now();

function say(sequence: number): void {
  const memory: ProjectorMemory = {
    events: sequence,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    heapBytes: process.memoryUsage().heapUsed,
    seconds: (performance.now() - began) / 1_000,
  };
  console.log(JSON.stringify(memory));
}

const pool = new pg.Pool({ connectionString: databaseUrl });
const store = connectEventStore({ connectionString: eventStoreUrl, access: 'read' });
const feed = new ThreadFeed(
  new Worker(new URL('./replay-feed.js', import.meta.url), {
    workerData: { connectionString: eventStoreUrl },
  }),
);
const enough = new AbortController();
let said = 0;
const end = await runProjectionGroup({
  store,
  pool,
  definition,
  generation: 1,
  ...benchReading,
  feed,
  batchEventsMax,
  signal: enough.signal,
  report: ({ sequence }) => {
    if (sequence >= said + eventsBetweenLines) say((said = sequence));
    if (sequence >= events) enough.abort();
  },
});
if (end.outcome === 'stopped') throw new Error(`${end.code}: ${end.message}`);
say(events);
await feed.close();
await store.close();
await pool.end();
