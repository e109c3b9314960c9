import type { Pool } from 'pg';
import { isDatabaseUnreachable, isKeyGenerationRetired } from './database-failure.js';
import {
  deliveryName,
  type Evidence,
  type IndexedText,
  keepEvidence,
  type KeptDelivery,
  type SettledDelivery,
  settleEvidence,
} from './evidence.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';
import { RequestBatcher } from './request-batcher.js';

/** The deliveries of one request, and the texts they can be found by. */
interface ToKeep {
  readonly deliveries: readonly Evidence[];
  readonly texts: readonly IndexedText[];
}

type Kept = ReadonlyMap<string, KeptDelivery> | 'keys_destroyed';

/** Requests with so many deliveries gain nothing from a statement they share. */
const sharedDeliveriesMax = 20;
/** How long evidence gathers at most while half of the requests under way are still to bring theirs. */
const evidenceGatherMilliseconds = 5;
/** How long outcomes gather for one statement; each statement costs as much as dozens of them. */
const outcomesGatherMilliseconds = 50;

/**
 * Keeps and settles evidence, that of small requests together: while one statement is under way the
 * deliveries of the next gather, so that a busy process waits for the disk once for many of them.
 */
export class EvidenceKeeping {
  readonly #keep: RequestBatcher<ToKeep, Kept | 'refused_together'>;
  readonly #settle: RequestBatcher<readonly SettledDelivery[], true>;
  /** How many requests are somewhere between their deliveries and their answer. */
  #underWay = 0;
  /** The outcomes that are still to be written. */
  readonly #owed = new Set<Promise<true>>();
  #owedCount = 0;

  constructor(
    private readonly pool: Pool,
    private readonly limits: RecorderLimits,
    private readonly counters: Pick<RecordingCounters, 'outcomesUnwritten'>,
  ) {
    this.#keep = new RequestBatcher(
      (requests) => this.#keepTogether(requests),
      (waiting) => sharedLength(waiting, limits),
      {
        milliseconds: evidenceGatherMilliseconds,
        isEnough: (waiting) => waiting >= this.#underWay / 2,
      },
    );
    this.#settle = new RequestBatcher(
      (requests) => this.#settleTogether(requests),
      (waiting) => settledLength(waiting, limits),
      {
        milliseconds: outcomesGatherMilliseconds,
        isEnough: () => this.#owedCount >= limits.statementDeliveriesMax,
      },
    );
  }

  /** Does the work of one request; how many are done at a time tells how large groups should be. */
  async forRequest<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** See {@link keepEvidence}; what is answered may tell of deliveries of other requests, too. */
  async keep(deliveries: readonly Evidence[], texts: readonly IndexedText[]): Promise<Kept> {
    const alone = (): Promise<Kept> => keepEvidence(this.pool, deliveries, texts);
    if (deliveries.length > sharedDeliveriesMax) return alone();
    const kept = await this.#keep.ask({ deliveries, texts });
    return kept === 'refused_together' ? alone() : kept;
  }

  /**
   * Has outcomes written, see {@link settleEvidence}, and waits for it only where too many wait
   * already: what they tell of is durable, and an outcome that is lost is found again in its stream.
   */
  async settle(deliveries: readonly SettledDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    this.#owedCount += deliveries.length;
    const written = this.#settle.ask(deliveries);
    this.#owed.add(written);
    void written.then(() => this.#owed.delete(written));
    if (this.#owedCount > this.limits.outcomesWaitingMax) await written;
  }

  /** Resolves once every outcome so far is written, or is counted as one that could not be. */
  async settled(): Promise<void> {
    await Promise.all(this.#owed);
  }

  /** One that the database refuses must not take the others with it. */
  async #keepTogether(
    requests: readonly ToKeep[],
  ): Promise<readonly (Kept | 'refused_together')[]> {
    const deliveries = requests.flatMap((request) => request.deliveries);
    const texts = requests.flatMap((request) => request.texts);
    try {
      const kept = await keepEvidence(this.pool, deliveries, texts);
      return requests.map(() => kept);
    } catch (error) {
      const isOfAll = isDatabaseUnreachable(error) || isKeyGenerationRetired(error);
      if (isOfAll || requests.length === 1) throw error;
      return requests.map(() => 'refused_together');
    }
  }

  /** Whoever they are of was answered long ago, and nobody else is to fail for them. */
  async #settleTogether(
    requests: readonly (readonly SettledDelivery[])[],
  ): Promise<readonly true[]> {
    const all = requests.flat();
    try {
      await settleEvidence(this.pool, onceEach(all));
    } catch (error) {
      if (isDatabaseUnreachable(error)) this.counters.outcomesUnwritten += all.length;
      else for (const request of requests) await this.#settleAlone(request);
    }
    this.#owedCount -= all.length;
    return requests.map(() => true);
  }

  async #settleAlone(request: readonly SettledDelivery[]): Promise<void> {
    try {
      await settleEvidence(this.pool, request);
    } catch {
      this.counters.outcomesUnwritten += request.length;
    }
  }
}

/** One outcome for each delivery, the first, with all its repeats. */
function onceEach(deliveries: readonly SettledDelivery[]): readonly SettledDelivery[] {
  const settled = new Map<string, SettledDelivery>();
  for (const delivery of deliveries) {
    const name = deliveryName(delivery);
    const before = settled.get(name);
    const repeats = (before?.repeats ?? 0) + delivery.repeats;
    settled.set(name, { ...delivery, outcome: before?.outcome ?? delivery.outcome, repeats });
  }
  return [...settled.values()];
}

/**
 * How many of the waiting requests share a statement: no more than one takes, and none with a delivery
 * that another one names too, since both would be taken for new.
 */
function sharedLength(
  waiting: readonly ToKeep[],
  { statementDeliveriesMax, statementBodyBytesMax }: RecorderLimits,
): number {
  const names = new Set<string>();
  let bytes = 0;
  for (const [index, { deliveries }] of waiting.entries()) {
    const own = deliveries.map(deliveryName);
    bytes += deliveries.reduce((sum, { sealed }) => sum + sealed.sealedBytes.length, 0);
    const isFull =
      names.size + own.length > statementDeliveriesMax || bytes > statementBodyBytesMax;
    if (index > 0 && (isFull || own.some((name) => names.has(name)))) return index;
    for (const name of own) names.add(name);
  }
  return waiting.length;
}

/** How many of the waiting requests have their outcomes written by one statement. */
function settledLength(
  waiting: readonly (readonly SettledDelivery[])[],
  { statementDeliveriesMax }: RecorderLimits,
): number {
  let count = 0;
  for (const [index, { length }] of waiting.entries()) {
    count += length;
    if (index > 0 && count > statementDeliveriesMax) return index;
  }
  return waiting.length;
}
