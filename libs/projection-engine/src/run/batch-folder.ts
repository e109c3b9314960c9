import { comparePositions } from '#kernel';
import { setImmediate } from 'node:timers/promises';
import { FactCache, type CacheLimits } from '../cache/fact-cache.js';
import { loadIntoGraph, type StoredFacts } from '../cache/load-into-graph.js';
import type { EngineEvent } from '../contract.js';
import { DerivationError, type GroupPlan } from '../fold/derive-rows.js';
import type { Need } from '../fold/fact-graph.js';
import type { FedEvent } from '../feed/event-feed.js';
import { type BatchFold, foldBatch } from '../fold/fold-batch.js';
import type { Fact } from '../fold/home.js';
import type { DerivedRow } from '../fold/table-plan.js';
import { breath, type Loading } from '../fold/touched-subjects.js';
import { WorkingGraph } from '../fold/working-graph.js';
import { CategoryCount } from '../postgres/category-sums.js';
import type { Checkpoint, NextCheckpoint } from '../postgres/checkpoint.js';
import { addDigest } from './applied-digest.js';
import type { Stop } from './progress.js';
import { type BatchItem, itemOf } from '../parking/batch-item.js';
import { engineEventOf } from './stored-event.js';

/** What turns stored events into facts, and tells which ledger they are of. */
export interface EventReading {
  readonly streamPrefix: string;
  readonly ledgerIdOf: (stored: EngineEvent) => string | undefined;
  /** SHA-256 of the event's canonical leaf: 32 bytes. */
  readonly leafDigestOf: (stored: EngineEvent) => Uint8Array;
}

/** A batch as far as the store and the ledger allow it: its events, and where the checkpoint goes. */
export interface ReadBatch<Event> {
  /** Every event but those a recorded decision skips. */
  readonly items: readonly BatchItem<Event>[];
  readonly skipped: readonly EngineEvent[];
  /** How many events `to` lies behind the beginning. */
  readonly events: number;
  /** Undefined where not even the first event can be taken. */
  readonly to: NextCheckpoint | undefined;
  /** Why the events behind `to` cannot be taken. */
  readonly stop: Stop | undefined;
}

/**
 * Reads events in order, up to the first that is out of place. One that cannot be read is an item as
 * any other: it is parked.
 *
 * @param skipped ids of events that a recorded decision says are not to be applied
 */
export function readBatch<Event, View>(
  plan: GroupPlan<Event, View>,
  reading: EventReading,
  from: Pick<Checkpoint, 'position' | 'sequence' | 'digestSum' | 'ledgerId'>,
  events: readonly FedEvent[],
  skipped: ReadonlySet<string>,
): ReadBatch<Event> {
  const items: BatchItem<Event>[] = [];
  const left: EngineEvent[] = [];
  let { position, sequence, digestSum, ledgerId } = from;
  let to: NextCheckpoint | undefined;
  const categories = new CategoryCount();
  const upTo = (stop: Stop | undefined): ReadBatch<Event> => {
    return { items, skipped: left, events: sequence - from.sequence, to, stop };
  };
  for (const recorded of events) {
    const stored = engineEventOf(recorded, reading.streamPrefix, sequence);
    if (position && comparePositions(recorded.position, position) <= 0) {
      return upTo(notIncreasing(stored));
    }
    ledgerId ??= reading.ledgerIdOf(stored);
    if (ledgerId === undefined) return upTo(notOpened(stored));
    if (skipped.size > 0 && skipped.has(stored.eventId)) left.push(stored);
    else items.push(itemOf(plan.definition, stored));
    position = recorded.position;
    sequence += 1;
    const digest = recorded.leafDigest ?? reading.leafDigestOf(stored);
    digestSum = addDigest(digestSum, digest);
    categories.add(stored.leaf, digest);
    const { eventId } = recorded;
    to = { position, eventId, sequence, digestSum, ledgerId, categories: categories.sums };
  }
  return upTo(undefined);
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
   *
   * @throws DerivationError where the definition cannot derive a touched subject.
   */
  async fold(facts: readonly Fact<Event>[]): Promise<BatchFold<Event>> {
    const { graph, result } = await this.drive((working) =>
      foldBatch(this.plan, working, facts, (subject) => this.rowsOf(subject)),
    );
    const [failed] = result.failures;
    if (failed) throw new DerivationError(failed.message);
    this.advance(graph, result);
    return result;
  }

  /** Runs a fold over a graph of its own, and loads what it asks for. Nothing is taken over. */
  async drive<Result>(
    folding: (graph: WorkingGraph<Event>) => Loading<Result>,
  ): Promise<{ readonly graph: WorkingGraph<Event>; readonly result: Result }> {
    const graph = new WorkingGraph<Event>();
    const steps = folding(graph);
    let step = steps.next();
    while (!step.done) {
      if (step.value === breath) await setImmediate();
      else await loadIntoGraph(step.value, graph, this.cache, this.query);
      step = steps.next();
    }
    return { graph, result: step.value };
  }

  /** Takes over what a fold changes, as though it were committed. */
  advance(graph: WorkingGraph<Event>, { rowsBySubject }: BatchFold<Event>): void {
    this.cache.advance(graph, rowsBySubject);
  }

  /** The rows last derived for a subject, where they are still known. */
  rowsOf(subject: string): readonly DerivedRow[] | undefined {
    return this.cache.rowsOf(subject);
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
