import { join } from 'node:path';
import type { Pool } from 'pg';
import { startEmbeddedEventStore } from '#embedded-event-store';
import {
  connectEventStore,
  type EventStoreReader,
  type RecordedEvent,
  type SubscriptionItem,
} from '#event-store';
import { derivationOf } from '../../apps/daybook/src/generations/recipe.js';
import { createTables, runProjectionGroup } from '#projection-engine';
import { daybookGroup } from '#projections';
import { ledgerReading } from '../../apps/daybook/src/composition/ledger-reading.js';
import { readSettingsFile } from '../../apps/daybook/src/configuration/settings-file.js';

/** What a faulty subscription delivers in place of one event; it knows the last one of the store. */
export type DeliveryFault = (
  event: RecordedEvent,
  tail: RecordedEvent | undefined,
) => readonly RecordedEvent[];

/**
 * Runs the projector over the event store of a data directory that nothing else uses, with a fault
 * in what its subscription delivers, until so many events are applied.
 */
export async function projectWithFault(
  dataDirectory: string,
  pool: Pool,
  fault: DeliveryFault,
  events: number,
): Promise<void> {
  const node = await startEmbeddedEventStore({ directory: join(dataDirectory, 'eventstore') });
  const store = connectEventStore({ connectionString: node.connectionString, access: 'read' });
  // As the program reads it where there is no file of settings.
  const referenceData = readSettingsFile(join(dataDirectory, 'daybook.json'), []);
  const definition = daybookGroup(referenceData);
  const ending = new AbortController();
  try {
    await createTables(pool, definition, derivationOf(definition, referenceData));
    const end = await runProjectionGroup({
      ...ledgerReading,
      store: faulty(store, fault, await store.readTail(ledgerReading.streamPrefix)),
      pool,
      definition,
      generation: 1,
      batchEventsMax: 100,
      signal: ending.signal,
      report: ({ sequence }) => {
        if (sequence >= events) ending.abort();
      },
    });
    if (end.outcome === 'stopped') throw new Error(end.message);
  } finally {
    await store.close();
    await node.stop();
  }
}

function faulty(
  store: EventStoreReader,
  fault: DeliveryFault,
  tail: RecordedEvent | undefined,
): EventStoreReader {
  return {
    readStream: (request) => store.readStream(request),
    readAll: (request) => store.readAll(request),
    readTail: (prefix) => store.readTail(prefix),
    readAt: (position) => store.readAt(position),
    findTruncations: (prefix) => store.findTruncations(prefix),
    subscribe: (request) => store.subscribe(request),
    close: () => store.close(),
    async *subscribeInBatches(request, limits) {
      for await (const items of store.subscribeInBatches(request, limits)) {
        const delivered = items.flatMap((item): readonly SubscriptionItem[] =>
          item.kind === 'event'
            ? fault(item.event, tail).map((event) => ({ kind: 'event', event }))
            : [item],
        );
        if (delivered.length > 0) yield delivered;
      }
    },
  };
}
