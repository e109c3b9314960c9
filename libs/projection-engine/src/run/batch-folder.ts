import { comparePositions } from '#kernel';
import { setImmediate } from 'node:timers/promises';
import { FactCache, type CacheLimits } from '../cache/fact-cache.js';
import { loadIntoGraph, type StoredFacts } from '../cache/load-into-graph.js';
import type { EngineEvent } from '../contract.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { Need } from '../fold/fact-graph.js';
import type { FedEvent } from '../feed/event-feed.js';
import { type BatchFold, foldBatch } from '../fold/fold-batch.js';
import type { Fact } from '../fold/home.js';
import { breath } from '../fold/touched-subjects.js';
import { WorkingGraph } from '../fold/working-graph.js';
import { CategoryCount } from '../postgres/category-sums.js';
import type { Checkpoint, NextCheckpoint } from '../postgres/checkpoint.js';
import { addDigest } from './applied-digest.js';
import type { Stop } from './progress.js';
import { engineEventOf, factOf, UnreadableEventError } from './stored-event.js';

/** What turns stored events into facts, and tells which ledger they are of. */
export interface EventReading {
  readonly streamPrefix: string;
  readonly ledgerIdOf: (stored: EngineEvent) => string | undefined;
  /** SHA-256 of the event's canonical leaf: 32 bytes. */
  readonly leafDigestOf: (stored: EngineEvent) => Uint8Array;
}

/** A batch as far as it can be applied: its facts, and where the checkpoint goes. */
export interface ReadBatch<Event> {
  readonly facts: readonly Fact<Event>[];
  /** Undefined where not even the first event can be applied. */
  readonly to: NextCheckpoint | undefined;
  /** Why the events behind `to` cannot be applied. */
  readonly stop: Stop | undefined;
}

/** Reads events in order, up to the first that cannot be applied. */
export function readBatch<Event, View>(
  plan: GroupPlan<Event, View>,
  reading: EventReading,
  from: Pick<Checkpoint, 'position' | 'sequence' | 'digestSum' | 'ledgerId'>,
  events: readonly FedEvent[],
): ReadBatch<Event> {
  const facts: Fact<Event>[] = [];
  let { position, sequence, digestSum, ledgerId } = from;
  let to: NextCheckpoint | undefined;
  const categories = new CategoryCount();
  for (const recorded of events) {
    const stored = engineEventOf(recorded, reading.streamPrefix, sequence);
    if (position && comparePositions(recorded.position, position) <= 0) {
      return { facts, to, stop: notIncreasing(stored) };
    }
    ledgerId ??= reading.ledgerIdOf(stored);
    if (ledgerId === undefined) return { facts, to, stop: notOpened(stored) };
    try {
      facts.push(factOf(plan.definition, stored));
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      return { facts, to, stop: stopAt('event_unreadable', stored, error.message) };
    }
    position = recorded.position;
    sequence += 1;
    const digest = recorded.leafDigest ?? reading.leafDigestOf(stored);
    digestSum = addDigest(digestSum, digest);
    categories.add(stored.leaf, digest);
    const { eventId } = recorded;
    to = { position, eventId, sequence, digestSum, ledgerId, categories: categories.sums };
  }
  return { facts, to, stop: undefined };
}

/** Folds batches over a cache of what is known, and looks up the rest. */
export class BatchFolder<Event, View> {
  private readonly cache: FactCache<Event>;

  /** @param query reads from the tables; all earlier batches must be visible to it. */
  constructor(
    private readonly plan: GroupPlan<Event, View>,
    private readonly query: (need: Need) => Promise<StoredFacts<Event>>,
    limits: CacheLimits,
    emptyTables: boolean,
  ) {
    this.cache = new FactCache(limits, emptyTables);
  }

  /**
   * Folds a batch, as though it were committed: the folder must be dropped where it then is not.
   */
  async fold(facts: readonly Fact<Event>[]): Promise<BatchFold<Event>> {
    const graph = new WorkingGraph<Event>();
    const folding = foldBatch(this.plan, graph, facts, (subject) => this.cache.rowsOf(subject));
    let step = folding.next();
    while (!step.done) {
      if (step.value === breath) await setImmediate();
      else await loadIntoGraph(step.value, graph, this.cache, this.query);
      step = folding.next();
    }
    this.cache.advance(graph, step.value.rowsBySubject);
    return step.value;
  }
}

function stopAt(code: Stop['code'], stored: EngineEvent, message: string): Stop {
  const { leaf, revision, eventId } = stored;
  return { code, message, event: { leaf, revision, eventId } };
}

function notIncreasing(stored: EngineEvent): Stop {
  return stopAt(
    'position_not_increasing',
    stored,
    `The store gave ${stored.eventId} (revision ${stored.revision} of ${stored.leaf}) at or before ` +
      'a position that is applied already. Start the group again; if it stays, the store is at fault.',
  );
}

function notOpened(stored: EngineEvent): Stop {
  return stopAt(
    'ledger_not_opened',
    stored,
    `The first ledger event is ${stored.type} on ${stored.leaf}, which opens no ledger. ` +
      'Check the stream prefix and the store.',
  );
}
