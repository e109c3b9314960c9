import { parentPort, workerData } from 'node:worker_threads';
import { connectEventStore } from '#event-store';
import { serveFeed } from '#projection-engine';
import { ledgerReading } from '../composition/ledger-reading.js';
import { createLogger } from '../logging/logger.js';
import { beatMilliseconds } from './projector-status.js';
import type { ProjectorStart } from './projector-messages.js';

/* The entry of the thread that reads the event store for the projector. */

const port = parentPort;
if (port === null) throw new Error('The feed runs in a thread of its own.');

const { eventStoreUrl, logLevel } = workerData as ProjectorStart;
const logger = createLogger(logLevel);
const store = connectEventStore({
  connectionString: eventStoreUrl,
  access: 'read',
  report: (notice) => logger.warn({ ...notice }, notice.message),
});
const beating = setInterval(() => port.postMessage(store.statistics()), beatMilliseconds);
try {
  await serveFeed(port, { ...ledgerReading, store });
} finally {
  clearInterval(beating);
  await store.close();
  port.close();
}
