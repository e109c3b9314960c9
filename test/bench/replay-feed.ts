import { parentPort, workerData } from 'node:worker_threads';
import { connectEventStore } from '#event-store';
import { serveFeed } from '#projection-engine';
import { benchReading } from './replay-reading.js';

/* The thread that reads the event store for the rebuild, as the projector has one. */

if (parentPort === null) throw new Error('replay-feed.js runs as a worker thread alone');
const { connectionString } = workerData as { readonly connectionString: string };
const store = connectEventStore({ connectionString, access: 'read' });
await serveFeed(parentPort, { ...benchReading, store });
await store.close();
parentPort.close();
