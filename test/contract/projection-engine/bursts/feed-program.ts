/* The thread that reads the event store for the projector, as `daybook serve` has one. */
import { parentPort, workerData } from 'node:worker_threads';
import { connectEventStore } from '#event-store';
import { serveFeed } from '#projection-engine';
import { reading } from '../accounts-domain.js';
import type { ProjectorStart } from './messages.js';

const port = parentPort;
if (port === null) throw new Error('The feed runs in a thread of its own.');

const store = connectEventStore({
  connectionString: (workerData as ProjectorStart).eventStoreUrl,
  access: 'read',
  report: (notice) => port.postMessage(notice),
});
await serveFeed(port, { ...reading, store });
await store.close();
port.close();
