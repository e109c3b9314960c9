import { canonicalDigest, categoryOf, comparePositions } from '#kernel';
import type { EventStoreReader } from '#event-store';
import type { ClientBase, Pool } from 'pg';
import type { EngineEvent, GroupDefinition } from '../contract.js';
import { readLeftOut } from '../parking/parked-rows.js';
import { readGenerationCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';
import { engineEventOf } from '../run/stored-event.js';
import { storedHomes } from './compare-state.js';

/** An event in which the tables and the store do not agree. */
export interface DifferingEvent {
  readonly kind: 'missing_event' | 'extra_event' | 'changed_event';
  /** The stream; of an event that the store does not hold, the home it is kept in. */
  readonly leaf: string;
  /** Absent where the store does not hold it. */
  readonly revision?: number;
  readonly eventId: string;
}

interface Search<Event, View> {
  readonly store: EventStoreReader;
  readonly pool: Pool;
  readonly streamPrefix: string;
  readonly definition: GroupDefinition<Event, View>;
  readonly signal?: AbortSignal;
}

interface StoredPlace {
  readonly leaf: string;
  readonly revision: number;
  /** Of what the engine keeps of the event; undefined where it cannot be read. */
  readonly digest: string | undefined;
}

/**
 * Names the events of some categories in which the facts kept by home are not those of the store.
 *
 * Both are read at the checkpoint of one snapshot. It keeps the place of every event of those
 * categories and the id of every other one in memory, and so is for when a difference is known.
 */
export async function findDifferingEvents<Event, View>(
  search: Search<Event, View>,
  key: GenerationKey,
  categories: ReadonlySet<string>,
  differencesMax: number,
): Promise<{ readonly found: readonly DifferingEvent[]; readonly total: number }> {
  return inTransaction(
    search.pool,
    async (client) => {
      const stored = await readStored(search, client, key, categories);
      const kept = await compareKept(search.definition, client, key, stored);
      for (const [eventId, { leaf, revision }] of stored.awaited) {
        kept.differing.push({ kind: 'missing_event', leaf, revision, eventId });
      }
      // Every event behind a missing one has another place among all, which is kept of it too.
      const all = kept.differing.length > 0 ? kept.differing : kept.changed;
      return { found: all.slice(0, differencesMax), total: all.length };
    },
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

interface StoredEvents {
  /** Events of the categories that were not met in a home yet, by id. */
  readonly awaited: Map<string, StoredPlace>;
  readonly others: Set<string>;
}

async function readStored<Event, View>(
  { store, streamPrefix, definition, signal }: Search<Event, View>,
  client: ClientBase,
  key: GenerationKey,
  categories: ReadonlySet<string>,
): Promise<StoredEvents> {
  const awaited = new Map<string, StoredPlace>();
  const others = new Set<string>();
  const checkpoint = await readGenerationCheckpoint(client, key);
  const position = checkpoint?.position;
  if (position === undefined) return { awaited, others };
  const { parked, skipped } = await readLeftOut(client, key);
  let sequence = 0;
  for await (const recorded of store.readAll({ streamPrefix, after: 'start' })) {
    signal?.throwIfAborted();
    if (comparePositions(recorded.position, position) > 0) break;
    const stored = engineEventOf(recorded, streamPrefix, sequence);
    sequence += 1;
    if (parked.has(stored.sequence) || skipped.has(stored.sequence)) continue;
    if (!categories.has(categoryOf(stored.leaf))) {
      others.add(stored.eventId);
      continue;
    }
    const { leaf, revision, eventId } = stored;
    awaited.set(eventId, { leaf, revision, digest: keptDigestOf(definition, stored) });
  }
  return { awaited, others };
}

async function compareKept<Event, View>(
  { unpack, eventIdOf }: GroupDefinition<Event, View>,
  client: ClientBase,
  key: GenerationKey,
  { awaited, others }: StoredEvents,
): Promise<{ readonly differing: DifferingEvent[]; readonly changed: DifferingEvent[] }> {
  const differing: DifferingEvent[] = [];
  const changed: DifferingEvent[] = [];
  for await (const { home, events } of storedHomes(client, key)) {
    for (const line of events.split('\n')) {
      const packed: unknown = JSON.parse(line);
      const eventId = eventIdOf(unpack(packed));
      const place = awaited.get(eventId);
      awaited.delete(eventId);
      if (place === undefined) {
        if (!others.has(eventId)) differing.push({ kind: 'extra_event', leaf: home, eventId });
      } else if (place.digest !== canonicalDigest(packed)) {
        const { leaf, revision } = place;
        changed.push({ kind: 'changed_event', leaf, revision, eventId });
      }
    }
  }
  return { differing, changed };
}

function keptDigestOf<Event, View>(
  { read, pack }: GroupDefinition<Event, View>,
  stored: EngineEvent,
): string | undefined {
  try {
    return canonicalDigest(pack(read(stored)));
  } catch {
    // The group stands before it or parked it; either way it is in no home.
    return undefined;
  }
}
