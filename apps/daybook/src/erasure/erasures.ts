import type { ErasureState } from '#domain';
import { erasureStageOf } from '#domain';
import type { ErasureDeferred } from '#events';
import { canonicalJson, refuse, type Refusal } from '#kernel';
import { type PersonalDataVault, withoutContacts } from '#personal-data';
import type { DecisionOutcome } from '#recording';
import {
  type ErasureEntries,
  erasuresOf,
  readErasures,
} from '../../../../projections/order-timeline/v1/person-queries.js';
import type { ReadModels } from '../http/reads/read-models.js';
import { type ErasureAttempt, ErasureDesk, type ErasureOutcome } from './erasure-desk.js';
import { erasureLeaf, erasuresIn, erasureView, type ErasureView } from './erasure-view.js';
import type { ErasureScope, FoundPerson, PersonSearch } from './person-search.js';

/** How long an erasure waits for orders that are not finished before it looks again. */
export const openOrderDays = 30;

/** What is asked for. */
export interface ErasureRequest {
  /** A person's name, an order's leaf, an e-mail address or a telephone number. */
  readonly subject: string;
  /** All persons that are found, where it is more than one. */
  readonly all?: boolean;
  /** A day `YYYY-MM-DD`, together with `legalBasis`. */
  readonly deferUntil?: string;
  readonly legalBasis?: string;
  /** An explicit decision to erase though orders are open or a deferral stands. */
  readonly now?: boolean;
}

export type ErasureRefusalCode =
  | 'erasure_subject_invalid'
  | 'erasure_subject_unknown'
  | 'erasure_subject_ambiguous'
  | 'erasure_deferral_invalid'
  | 'erasure_unknown'
  | 'erasure_completed'
  | 'erasure_deferred';

export interface ErasureRefusal extends Refusal<ErasureRefusalCode> {
  /** Names of the persons found, where there are several. */
  readonly persons?: readonly string[];
}

/** An erasure with the names of whom it is about: answered to whoever asked, and kept nowhere. */
export interface ErasureResult {
  readonly outcome: 'done';
  readonly erasure: ErasureView;
  /** Persons it covers, with the recipients that go with them. */
  readonly persons: readonly string[];
  /** Persons in the same orders whom it does not cover. */
  readonly others: readonly string[];
  readonly openOrders: readonly string[];
}

type NotDone = Exclude<DecisionOutcome, { readonly outcome: 'accepted' }>;
export type ErasureAnswer = ErasureResult | ErasureRefusal | NotDone;

/** The rules of erasing: whom a text names, when it waits and when it may go on. */
export class Erasures {
  constructor(
    private readonly desk: ErasureDesk,
    private readonly search: PersonSearch,
    private readonly models: ReadModels,
    private readonly vault: PersonalDataVault,
    /** The present as `YYYY-MM-DDTHH:MM:SS.sssZ`. */
    private readonly clock: () => string,
  ) {}

  async request(
    attempt: Omit<ErasureAttempt, 'requestDigest'>,
    request: ErasureRequest,
  ): Promise<ErasureAnswer> {
    const requestDigest = this.vault.requestDigest(canonicalJson({ ...request }));
    const full = { ...attempt, requestDigest };
    const repeated = await this.#repeatOf(full);
    if (repeated !== undefined) return repeated;
    const invalid = this.#invalidDeferral(request);
    if (invalid !== undefined) return invalid;
    const found = await this.#findPersons(request);
    if ('outcome' in found) return found;
    const scope = await this.search.scopeOf(found.map(({ digest }) => digest));
    const known = await this.#pendingOf(found);
    if (known !== undefined) return this.#goOn(known, request, found, scope);
    const deferral = this.#deferralOf(request, scope);
    const requested = await this.desk.request(full, found, scope.openOrders.length, deferral);
    const erasureId = ErasureDesk.idOf(full);
    if (requested.outcome !== 'done' || erasureStageOf(requested.state) === 'deferred') {
      return this.#answer(erasureId, requested, found, scope);
    }
    return this.#answer(erasureId, await this.desk.carryOut(erasureId), found, scope);
  }

  /** Completes an erasure that waits: on its day, once its orders are finished, or `now`. */
  async complete(erasureId: string, now: boolean): Promise<ErasureAnswer> {
    const state = await this.desk.stateOf(erasureId);
    if (state.subjects.length === 0) return refuse('erasure_unknown', `${erasureId} is unknown.`);
    const scope = await this.search.scopeOf(state.subjects.map(({ digest }) => digest));
    const reason = now ? undefined : this.#reasonToWait(state, scope);
    if (reason !== undefined) return refuse('erasure_deferred', reason);
    return this.#answer(erasureId, await this.desk.carryOut(erasureId), [], scope);
  }

  /**
   * Looks at every deferred erasure whose orders may be finished or whose day has come; one that
   * still waits for an order on its day is put off again. Answers how many were completed.
   */
  async completeDue(): Promise<number> {
    let completed = 0;
    for await (const { erasureId, stage, until, cause } of this.#all()) {
      if (stage !== 'deferred' || until === null) continue;
      const isDue = until <= this.#today();
      if (!isDue && cause === 'retention') continue;
      const state = await this.desk.stateOf(erasureId);
      const scope = await this.search.scopeOf(state.subjects.map(({ digest }) => digest));
      if (scope.openOrders.length > 0) {
        if (isDue) await this.desk.defer(erasureId, this.#orderDeferral(scope));
      } else if ((await this.desk.carryOut(erasureId)).outcome === 'done') {
        completed += 1;
      }
    }
    return completed;
  }

  async byId(erasureId: string): Promise<ErasureView | undefined> {
    const state = await this.desk.stateOf(erasureId);
    return state.subjects.length === 0 ? undefined : erasureView(erasureLeaf(erasureId), state);
  }

  /** A page of erasures by their ids; one more than asked for says that more follow. */
  async list(after: string | undefined, limit: number): Promise<readonly ErasureView[]> {
    const key = after === undefined ? undefined : [erasureLeaf(after)];
    return erasuresIn(
      await this.models.snapshot((client) => readErasures(client, { after: key, limit })),
    );
  }

  async *#all(): AsyncIterable<ErasureView> {
    const limit = 200;
    let after: string | undefined;
    do {
      const page = await this.list(after, limit);
      yield* page.slice(0, limit);
      after = page.length > limit ? page[limit - 1]?.erasureId : undefined;
    } while (after !== undefined);
  }

  /** The same request again is answered with what became of it, also where nobody is found any more. */
  async #repeatOf(attempt: ErasureAttempt): Promise<ErasureAnswer | undefined> {
    const erasureId = ErasureDesk.idOf(attempt);
    const { subjects } = await this.desk.stateOf(erasureId);
    if (subjects.length === 0) return undefined;
    const scope = await this.search.scopeOf(subjects.map(({ digest }) => digest));
    const outcome = await this.desk.request(attempt, [], 0, undefined);
    const mayGoOn = outcome.outcome === 'done' && erasureStageOf(outcome.state) !== 'deferred';
    const last = mayGoOn ? await this.desk.carryOut(erasureId) : outcome;
    return this.#answer(erasureId, last, [], scope);
  }

  async #findPersons({
    subject,
    all = false,
  }: ErasureRequest): Promise<readonly FoundPerson[] | ErasureRefusal> {
    const found = await this.search.find(subject.trim());
    if (found === undefined) {
      return refuse(
        'erasure_subject_invalid',
        'The subject must be customer:<account>:<id>, recipient:<shipment>, the leaf of an order, an e-mail address or a telephone number.',
        'subject',
      );
    }
    if (found.length === 0) {
      return refuse('erasure_subject_unknown', 'Nobody is known by this.', 'subject');
    }
    const persons = await this.#withoutFollowing(found);
    if (persons.length === 1 || all) return persons;
    const names = persons.map(({ name }) => name);
    return {
      ...refuse(
        'erasure_subject_ambiguous',
        `${names.length} persons are known by this: ${names.join(', ')}. Name one of them, or ask for all.`,
        'subject',
      ),
      persons: names,
    };
  }

  /** Recipients of parcels go with the customers who are found beside them. */
  async #withoutFollowing(found: readonly FoundPerson[]): Promise<readonly FoundPerson[]> {
    const customers = found.filter(({ kind }) => kind === 'customer');
    if (customers.length === 0 || customers.length === found.length) return found;
    const { recipients } = await this.search.scopeOf(customers.map(({ digest }) => digest));
    const following = new Set(recipients.map(({ digest }) => digest));
    return found.filter(({ digest }) => !following.has(digest));
  }

  async #pendingOf(persons: readonly FoundPerson[]): Promise<ErasureView | undefined> {
    const digests = persons.map(({ digest }) => digest);
    const { entries } = await this.models.row<ErasureEntries>(erasuresOf(digests));
    const all = erasuresIn(entries);
    return all.find(
      ({ stage, subjects }) =>
        stage !== 'completed' &&
        digests.every((digest) => subjects.some((subject) => subject.digest === digest)),
    );
  }

  /** Asked for again: an erasure that waits is put off anew, or completed where it may be. */
  async #goOn(
    { erasureId }: ErasureView,
    request: ErasureRequest,
    persons: readonly FoundPerson[],
    scope: ErasureScope,
  ): Promise<ErasureAnswer> {
    const state = await this.desk.stateOf(erasureId);
    const explicit = explicitDeferral(request);
    if (explicit !== undefined) {
      return this.#answer(erasureId, await this.desk.defer(erasureId, explicit), persons, scope);
    }
    const waits = request.now !== true && this.#reasonToWait(state, scope) !== undefined;
    const outcome: ErasureOutcome = waits
      ? { outcome: 'done', state }
      : await this.desk.carryOut(erasureId);
    return this.#answer(erasureId, outcome, persons, scope);
  }

  #answer(
    erasureId: string,
    outcome: ErasureOutcome,
    persons: readonly FoundPerson[],
    { recipients, others, openOrders }: ErasureScope,
  ): ErasureAnswer {
    if (outcome.outcome !== 'done') return outcome;
    return {
      outcome: 'done',
      erasure: erasureView(erasureLeaf(erasureId), outcome.state),
      persons: [...persons, ...recipients].map(({ name }) => name),
      others: others.map(({ name }) => name),
      openOrders,
    };
  }

  #reasonToWait({ deferral }: ErasureState, { openOrders }: ErasureScope): string | undefined {
    if (openOrders.length > 0) return `Orders are not finished: ${openOrders.join(', ')}.`;
    if (deferral?.cause !== 'retention' || deferral.until <= this.#today()) return undefined;
    return `It is put off until ${deferral.until}: ${deferral.legalBasis}`;
  }

  #deferralOf(request: ErasureRequest, scope: ErasureScope): ErasureDeferred | undefined {
    const explicit = explicitDeferral(request);
    if (explicit !== undefined) return explicit;
    return request.now === true || scope.openOrders.length === 0
      ? undefined
      : this.#orderDeferral(scope);
  }

  #orderDeferral({ openOrders }: ErasureScope): ErasureDeferred {
    const day = new Date(`${this.#today()}T00:00:00.000Z`);
    day.setUTCDate(day.getUTCDate() + openOrderDays);
    return {
      until: day.toISOString().slice(0, 'YYYY-MM-DD'.length),
      cause: 'order_open',
      legalBasis: `GDPR Art. 17(1)(a): ${openOrders.length === 1 ? 'an order is' : `${openOrders.length} orders are`} not finished`,
    };
  }

  #invalidDeferral(request: ErasureRequest): ErasureRefusal | undefined {
    const { deferUntil, legalBasis, now = false } = request;
    if (deferUntil === undefined && legalBasis === undefined) return undefined;
    const complaint =
      deferUntil === undefined || legalBasis === undefined
        ? 'deferUntil and legalBasis go together.'
        : now
          ? 'An erasure cannot be put off and be done now.'
          : deferUntil <= this.#today()
            ? `${deferUntil} is not behind today.`
            : withoutContacts(legalBasis) === legalBasis
              ? undefined
              : 'legalBasis is kept in clear for good: it may hold no e-mail address or telephone number.';
    return complaint === undefined
      ? undefined
      : refuse('erasure_deferral_invalid', complaint, 'deferUntil');
  }

  #today(): string {
    return this.clock().slice(0, 'YYYY-MM-DD'.length);
  }
}

function explicitDeferral({ deferUntil, legalBasis }: ErasureRequest): ErasureDeferred | undefined {
  return deferUntil === undefined || legalBasis === undefined
    ? undefined
    : { until: deferUntil, cause: 'retention', legalBasis };
}
