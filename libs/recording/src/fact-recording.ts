import type { Pool } from 'pg';
import { type PersonalDataVault, sealEvents } from '#personal-data';
import { answerTo, firstByName, groupsOf, idReused } from './delivery-groups.js';
import {
  deliveryName,
  type Evidence,
  type IndexedText,
  type KeptDelivery,
  type SettledDelivery,
} from './evidence.js';
import { EvidenceKeeping } from './evidence-keeping.js';
import {
  databaseUnavailable,
  isDatabaseUnreachable,
  isKeyGenerationRetired,
} from './database-failure.js';
import { keepInQuarantine, type QuarantineRequest } from './quarantine.js';
import { indexedTexts, sealedKeyIds, subjectDigestsOf } from './person-index.js';
import { prepareEvent } from './prepared-event.js';
import { sealBody } from './raw-body.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';
import type { Delivery, RecordOutcome } from './record-outcome.js';
import type { StreamMailboxes } from './stream-mailboxes.js';
import type { StreamOutcome } from './stream-outcome.js';
import type { WaitingFact } from './waiting-work.js';

export interface FactRecordingParts {
  readonly pool: Pool;
  readonly vault: PersonalDataVault;
  readonly mailboxes: StreamMailboxes;
  /** The present as `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly clock: () => string;
  readonly limits: RecorderLimits;
  readonly counters: RecordingCounters;
}

/** A delivery on its way, with the fact in the form in which it is written. */
interface SealedDelivery {
  readonly delivery: Delivery;
  readonly digest: string;
  readonly event: Delivery['fact']['fact'];
  readonly evidence: Evidence;
  readonly texts: readonly IndexedText[];
}

interface SealedAndKept {
  readonly sealed: readonly SealedDelivery[];
  /** What was kept before, by delivery. */
  readonly kept: ReadonlyMap<string, KeptDelivery>;
}

/** How often a group is sealed again because a person it tells of was forgotten meanwhile. */
const sealRoundsMax = 5;

/** Records facts: evidence first, then the event, then the answer; the outcome is written behind it. */
export class FactRecording {
  readonly #parts: FactRecordingParts;
  readonly #evidence: EvidenceKeeping;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(parts: FactRecordingParts) {
    this.#parts = parts;
    this.#evidence = new EvidenceKeeping(parts.pool, parts.limits, parts.counters);
  }

  /** Outcomes in the order of the deliveries; facts of one stream are written in this order. */
  async record(deliveries: readonly Delivery[]): Promise<readonly RecordOutcome[]> {
    const recording = this.#recordInGroups(deliveries);
    this.#underWay.add(recording);
    try {
      return await recording;
    } finally {
      this.#underWay.delete(recording);
    }
  }

  /** Resolves once all that was asked so far is answered, and its outcomes are written. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#evidence.settled();
  }

  async #recordInGroups(deliveries: readonly Delivery[]): Promise<readonly RecordOutcome[]> {
    const outcomes: RecordOutcome[] = [];
    for (const group of groupsOf(deliveries, this.#parts.limits)) {
      outcomes.push(...(await this.#evidence.forRequest(() => this.#recordGroup(group))));
    }
    this.#count(outcomes);
    return outcomes;
  }

  async #recordGroup(deliveries: readonly Delivery[]): Promise<readonly RecordOutcome[]> {
    try {
      const firsts = firstByName(deliveries);
      const { sealed, kept } = await this.#sealAndKeep([...firsts.values()]);
      const outcomes = new Map<string, RecordOutcome>();
      await Promise.all(
        sealed.map(async (item) => {
          const name = deliveryName(item.delivery);
          outcomes.set(name, await this.#answer(item, kept.get(name)));
        }),
      );
      const answers = deliveries.map((delivery) => answerTo(delivery, firsts, outcomes));
      await this.#quarantine(deliveries, answers);
      await this.#settle(deliveries, answers, kept);
      return answers;
    } catch (error) {
      if (!isDatabaseUnreachable(error)) throw error;
      const answer = databaseUnavailable(error);
      return deliveries.map(() => answer);
    }
  }

  /** A person who is forgotten between the two gets a new key, as whoever comes back does. */
  async #sealAndKeep(deliveries: readonly Delivery[]): Promise<SealedAndKept> {
    for (let round = 0; round < sealRoundsMax; round += 1) {
      const attempt = await this.#trySealAndKeep(deliveries);
      if (attempt !== 'keys_destroyed') return attempt;
      this.#parts.vault.forgetCachedKeys();
    }
    throw new Error(`Keys were destroyed ${sealRoundsMax} times while deliveries were sealed.`);
  }

  async #trySealAndKeep(
    deliveries: readonly Delivery[],
  ): Promise<SealedAndKept | 'keys_destroyed'> {
    try {
      const sealed = await this.#seal(deliveries);
      const kept = await this.#keep(sealed);
      return kept === 'keys_destroyed' ? kept : { sealed, kept };
    } catch (error) {
      if (isKeyGenerationRetired(error)) return 'keys_destroyed';
      throw error;
    }
  }

  async #seal(deliveries: readonly Delivery[]): Promise<readonly SealedDelivery[]> {
    const { vault, clock } = this.#parts;
    const events = await sealEvents(
      vault,
      deliveries.map(({ fact }) => fact.fact),
    );
    return deliveries.map((delivery, index) => {
      const event = events[index] ?? delivery.fact.fact;
      const { source, deliveryId, rawBody } = delivery;
      const body = sealBody(vault, 'delivery', source, deliveryId, rawBody);
      const texts = indexedTexts(vault, delivery, delivery.fact.fact, event);
      const subjectKeyIds = sealedKeyIds(event);
      const { leaf } = event;
      const evidence = { source, deliveryId, receivedAt: clock(), subjectKeyIds, leaf, ...body };
      return { delivery, digest: body.digest, event, evidence, texts };
    });
  }

  #keep(
    items: readonly SealedDelivery[],
  ): Promise<ReadonlyMap<string, KeptDelivery> | 'keys_destroyed'> {
    return this.#evidence.keep(
      items.map(({ evidence }) => evidence),
      items.flatMap(({ texts }) => texts),
    );
  }

  /** Runs without a pause up to the mailbox, so that facts enter it in the order they came in. */
  async #answer(item: SealedDelivery, kept: KeptDelivery | undefined): Promise<RecordOutcome> {
    if (kept && kept.digest !== item.digest) return idReused(item.delivery);
    if (kept?.outcome) return { outcome: 'repeated', ...kept.outcome, position: null };
    const { fact, recordedBy, translatorVersion } = item.delivery;
    const { sourceOffset, objectParts, actor, sourceCount } = fact;
    const preparation = prepareEvent(item.event, {
      recordedAt: this.#parts.clock(),
      recordedBy,
      deliveryDigest: item.digest,
      translatorVersion,
      ...(sourceOffset === undefined ? {} : { sourceOffset }),
      ...(objectParts === undefined ? {} : { objectParts }),
      ...(actor === undefined ? {} : { actor }),
      ...(sourceCount === undefined ? {} : { sourceCount }),
    });
    if (preparation.outcome === 'refused') return { ...preparation, outcome: 'quarantined' };
    const { event } = preparation;
    const outcome = await new Promise<StreamOutcome>((settle, fail) => {
      const mayStand = kept !== undefined;
      const waiting: WaitingFact = { kind: 'fact', event, mayStand, settle, fail };
      this.#parts.mailboxes.add(item.event.leaf, waiting);
    });
    return recordOutcomeOf(outcome, item.event.leaf);
  }

  async #quarantine(
    deliveries: readonly Delivery[],
    answers: readonly RecordOutcome[],
  ): Promise<void> {
    const { pool, vault, clock } = this.#parts;
    const requests = deliveries.flatMap((delivery, index): readonly QuarantineRequest[] => {
      const answer = answers[index];
      if (answer?.outcome !== 'quarantined') return [];
      const { source, deliveryId, rawBody, fact } = delivery;
      const subjectDigests = subjectDigestsOf(vault, fact.fact);
      return [{ source, deliveryId, rawBody, subjectDigests, ...answer }];
    });
    await keepInQuarantine(pool, vault, requests, clock());
  }

  /** The events are durable by now: an outcome that cannot be kept is found again in the stream. */
  async #settle(
    deliveries: readonly Delivery[],
    answers: readonly RecordOutcome[],
    kept: ReadonlyMap<string, KeptDelivery>,
  ): Promise<void> {
    const settled = new Map<string, SettledDelivery>();
    deliveries.forEach(({ source, deliveryId }, index) => {
      const answer = answers[index];
      if (answer?.outcome !== 'recorded' && answer?.outcome !== 'repeated') return;
      const name = deliveryName({ source, deliveryId });
      const before = settled.get(name);
      const { eventId, leaf, revision } = answer;
      const isRepeat = before !== undefined || kept.has(name);
      settled.set(name, {
        source,
        deliveryId,
        outcome: { eventId, leaf, revision },
        repeats: (before?.repeats ?? 0) + (isRepeat ? 1 : 0),
      });
    });
    await this.#evidence.settle([...settled.values()]);
  }

  #count(outcomes: readonly RecordOutcome[]): void {
    const { counters } = this.#parts;
    for (const { outcome } of outcomes) {
      if (outcome !== 'recorded') counters[outcome] += 1;
    }
  }
}

function recordOutcomeOf(outcome: StreamOutcome, leaf: string): RecordOutcome {
  if (outcome.outcome === 'unavailable') return outcome;
  if (outcome.outcome === 'refused') {
    return { outcome: 'refused', code: outcome.code, message: outcome.message };
  }
  const [event] = outcome.events;
  if (event === undefined) throw new Error(`A fact on ${leaf} was written as no event.`);
  const { eventId, revision } = event;
  const { position } = outcome;
  return { outcome: outcome.isNew ? 'recorded' : 'repeated', eventId, leaf, revision, position };
}
