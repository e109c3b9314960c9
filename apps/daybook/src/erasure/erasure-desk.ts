import {
  completeErasure,
  deferErasure,
  destroyKeys,
  erasureFold,
  type ErasureState,
  erasureStageOf,
  requestErasure,
} from '#domain';
import { type ErasureDeferred, linesPerEventMax, readStoredEvent } from '#events';
import type { EventStoreReader } from '#event-store';
import { canonicalDigest, eventIdOf } from '#kernel';
import type { DestroyedKeysJournal, PersonalDataVault } from '#personal-data';
import type { DecisionOutcome, Recorder } from '#recording';
import { erasureLeaf } from './erasure-view.js';
import type { FoundPerson, PersonSearch } from './person-search.js';

export interface ErasureDeskParts {
  readonly store: Pick<EventStoreReader, 'readStream'>;
  /** The ledger's prefix of stream names. */
  readonly prefix: string;
  readonly recorder: Pick<Recorder, 'decide'>;
  readonly vault: PersonalDataVault;
  readonly journal: Pick<DestroyedKeysJournal, 'add'>;
  readonly search: Pick<PersonSearch, 'scopeOf'>;
}

/** Who asked, told apart by the key the client chose; `requestDigest` is keyed. */
export interface ErasureAttempt {
  readonly client: string;
  readonly idempotencyKey: string;
  readonly requestDigest: string;
}

type Refused = Exclude<DecisionOutcome, { readonly outcome: 'accepted' }>;

/** How a step ended: with the erasure as it stands after it, or with why it did not go on. */
export type ErasureOutcome = { readonly outcome: 'done'; readonly state: ErasureState } | Refused;

export const erasureRoute = '/v1/erasures';
const pageEventsMax = 1_000;

/**
 * Takes an erasure through its steps. What is to be destroyed is recorded first, written to the
 * journal next, destroyed then, and completed last: a crash after any of them is made good by
 * {@link ErasureDesk.carryOut}, which every start calls.
 */
export class ErasureDesk {
  constructor(private readonly parts: ErasureDeskParts) {}

  /** The id an attempt's erasure has: a repeat is the same erasure. */
  static idOf({ client, idempotencyKey }: ErasureAttempt): string {
    return eventIdOf(['erasure', client, idempotencyKey]).replaceAll('-', '');
  }

  /** Records the request; nothing is destroyed by it. */
  async request(
    attempt: ErasureAttempt,
    persons: readonly FoundPerson[],
    openOrders: number,
    deferral: ErasureDeferred | undefined,
  ): Promise<ErasureOutcome> {
    const erasureId = ErasureDesk.idOf(attempt);
    const subjects = persons.map(({ kind, digest }) => ({ kind, digest }));
    const outcome = await this.#decide(erasureId, {
      ...attempt,
      decide: requestErasure({ subjects, openOrders }, deferral),
    });
    return outcome.outcome === 'accepted' ? this.#done(erasureId) : outcome;
  }

  async defer(erasureId: string, deferral: ErasureDeferred): Promise<ErasureOutcome> {
    const outcome = await this.#decide(erasureId, {
      ...this.#ownAttempt(erasureId, `until ${deferral.until} ${deferral.cause}`, deferral),
      decide: deferErasure(deferral),
    });
    return outcome.outcome === 'accepted' ? this.#done(erasureId) : outcome;
  }

  /** Destroys what there is of the persons; may be repeated, and goes on where it was broken off. */
  async carryOut(erasureId: string): Promise<ErasureOutcome> {
    const state = await this.stateOf(erasureId);
    if (state.subjects.length === 0 || erasureStageOf(state) === 'completed') {
      return { outcome: 'done', state };
    }
    const refusal = await this.#recordKeys(erasureId, state);
    if (refusal !== undefined) return refusal;
    const { keys } = await this.stateOf(erasureId);
    const keyIds = keys.map(({ keyId }) => keyId);
    await this.parts.journal.add(keyIds);
    await this.parts.vault.destroyKeys(keyIds);
    const outcome = await this.#decide(erasureId, {
      ...this.#ownAttempt(erasureId, 'complete', {}),
      decide: completeErasure,
    });
    return outcome.outcome === 'accepted' ? this.#done(erasureId) : outcome;
  }

  /** What the erasure's stream holds. */
  async stateOf(erasureId: string): Promise<ErasureState> {
    const leaf = erasureLeaf(erasureId);
    let state = erasureFold.initial();
    for (let fromRevision = 0; ; fromRevision += pageEventsMax) {
      const read = await this.parts.store.readStream({
        stream: `${this.parts.prefix}${leaf}`,
        fromRevision,
        direction: 'forwards',
        eventsMax: pageEventsMax,
      });
      const events = read.outcome === 'read' ? read.events : [];
      for (const event of events) {
        const reading = readStoredEvent({ ...event, leaf, sequence: -1 });
        if (reading.outcome === 'unreadable') throw new Error(reading.message);
        state = erasureFold.evolve(state, reading.event);
      }
      if (events.length < pageEventsMax) return state;
    }
  }

  async #recordKeys(erasureId: string, state: ErasureState): Promise<Refused | undefined> {
    const { keys } = await this.parts.search.scopeOf(state.subjects.map(({ digest }) => digest));
    const recorded = new Set(state.keys.map(({ keyId }) => keyId));
    const missing = keys
      .filter(({ keyId, isLive }) => isLive && !recorded.has(keyId))
      .map(({ keyId, subjectDigest }) => ({ keyId, subject: subjectDigest }));
    for (let from = 0; from < missing.length; from += linesPerEventMax) {
      const chunk = missing.slice(from, from + linesPerEventMax);
      const outcome = await this.#decide(erasureId, {
        ...this.#ownAttempt(erasureId, `keys ${canonicalDigest(chunk)}`, chunk),
        decide: destroyKeys(chunk),
      });
      if (outcome.outcome !== 'accepted') return outcome;
    }
    return undefined;
  }

  async #done(erasureId: string): Promise<ErasureOutcome> {
    return { outcome: 'done', state: await this.stateOf(erasureId) };
  }

  /** Daybook's own steps have keys of their own, so that each is recorded once. */
  #ownAttempt(erasureId: string, step: string, command: unknown): ErasureAttempt {
    return {
      client: 'daybook',
      idempotencyKey: `${erasureId} ${step}`,
      requestDigest: canonicalDigest(command),
    };
  }

  #decide(
    erasureId: string,
    command: ErasureAttempt & { readonly decide: ReturnType<typeof requestErasure> },
  ): Promise<DecisionOutcome> {
    return this.parts.recorder.decide({
      ...command,
      route: erasureRoute,
      leaf: erasureLeaf(erasureId),
      recordedBy: 'daybook',
      fold: erasureFold,
    });
  }
}
