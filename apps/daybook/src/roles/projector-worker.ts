import 'reflect-metadata';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { connectEventStore } from '#event-store';
import { defaultParkingLimits, runProjectionGroup, ThreadFeed } from '#projection-engine';
import { daybookGroup } from '#projections';
import { openPool } from '../composition/database-pool.js';
import { ledgerReading } from '../composition/ledger-reading.js';
import { messageOf } from '../composition/start-error.js';
import { createLogger } from '../logging/logger.js';
import { readSkippedEvents } from '../parking/resolutions.js';
import { FeedWatch } from './feed-watch.js';
import { beatMilliseconds } from './projector-status.js';
import { type ProjectorMessage, type ProjectorStart, stopProjector } from './projector-messages.js';

/** One transaction's events; larger batches do not catch up faster. */
const batchEventsMax = 3_000;
/** The group holds one connection; the others load and create beside it. */
const connectionsMax = 4;

const port = parentPort;
if (port === null) throw new Error('The projector runs in a thread of its own.');

const say = (message: ProjectorMessage): void => port.postMessage(message);
const stopping = new AbortController();
port.on('message', (message: unknown) => {
  if (message === stopProjector) stopping.abort();
});

/** Follows the ledger and keeps the read models, on connections of its own, until it is stopped. */
async function project(start: ProjectorStart): Promise<void> {
  const logger = createLogger(start.logLevel);
  const store = connectEventStore({
    connectionString: start.eventStoreUrl,
    access: 'read',
    report: (notice) => logger.warn({ ...notice }, notice.message),
  });
  const feedWorker = new Worker(new URL('./feed-worker.js', import.meta.url), {
    workerData: start,
  });
  const feedWatch = new FeedWatch(feedWorker);
  const feed = new ThreadFeed(feedWorker);
  const beating = setInterval(() => say({ kind: 'beat', beat: feedWatch.beat }), beatMilliseconds);
  const pool = openPool(
    { connectionString: start.databaseUrl, name: 'daybook projector', connectionsMax },
    logger,
  );
  try {
    const end = await runProjectionGroup({
      ...ledgerReading,
      store,
      feed,
      pool,
      definition: daybookGroup(start.referenceData),
      generation: start.generation,
      batchEventsMax,
      parkingLimits: { ...defaultParkingLimits, parkedKeysMax: start.parkedKeysMax },
      skippedEvents: readSkippedEvents,
      signal: stopping.signal,
      report: (progress) => say({ kind: 'progress', progress }),
    });
    if (end.outcome === 'stopped') say({ kind: 'failed', code: end.code, message: end.message });
  } finally {
    clearInterval(beating);
    await feed.close();
    await store.close();
    await pool.end();
  }
}

try {
  await project(workerData as ProjectorStart);
} catch (error) {
  say({ kind: 'failed', code: 'failed', message: messageOf(error) });
} finally {
  // The port alone would keep the thread alive.
  port.close();
}
