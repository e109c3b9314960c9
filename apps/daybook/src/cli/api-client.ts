import { randomUUID } from 'node:crypto';
import type { KeyRotation } from '#personal-data';
import type { GenerationsDiff } from '#projection-engine';
import type { QuarantineEntry } from '#recording';
import type { ErasureRequest, ErasureResult } from '../erasure/erasures.js';
import type { ErasureView } from '../erasure/erasure-view.js';
import type { GenerationView } from '../generations/generation-desk.js';
import type { ResolvedEntry } from '../http/quarantine/resolve-quarantined.command.js';
import type {
  ParkedView,
  ResolutionRequest,
  ResolutionResult,
  RetryResult,
} from '../parking/parked-desk.js';
import type { Page } from '../http/requests/page.js';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { comparePositions, readPositionToken } from '#kernel';
import type { CommandRoute, SimulatedCommand } from '#simulation';
import type { TrialBalanceAnswer } from '../http/books/get-trial-balance.query.js';
import type { EventOutcome } from '../http/events/event-outcome.js';
import type {
  Orphan,
  OrderFilter,
} from '../../../../projections/order-timeline/v1/list-queries.js';
import type { FoundSubject } from '../../../../projections/order-timeline/v1/search-queries.js';
import type { FindingCounts } from '../http/orders/count-findings.query.js';
import type { OrderAnswer } from '../http/orders/get-order.query.js';
import type { CustomerTimelineAnswer, TimelineAnswer } from '../http/orders/get-timeline.query.js';
import type { ListedOrder } from '../http/orders/list-orders.query.js';
import type { Completeness } from '../../../../projections/source-control/v1/completeness.js';
import type { DecisionAnswer } from '../http/decisions/decision-answer.js';
import type { AuthorityAnswer } from '../http/sources/list-authority.query.js';
import type { SetAuthorityDto } from '../http/sources/sources.dto.js';
import type { StatisticsAnswer } from '../http/statistics/get-statistics.query.js';
import type { StockRow } from '../../../../projections/inventory-reservations/v1/queries.js';
import type { StockAnswer } from '../http/stock/get-stock.query.js';
import { messageOf } from '../composition/start-error.js';
import { pathSegment, sendRequest } from './http-request.js';

/** A problem that Daybook answered (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly body: Readonly<Record<string, unknown>>,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(detail);
  }
}

/** Nothing answers at the address, or the connection broke. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/** What was decided, and why where it was refused. */
export type Decision =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

/** The moment whose state a read answers, a sequence or an instant; now where it is left out. */
interface PastChoice {
  readonly at?: string | undefined;
}

interface OrderChoice extends PastChoice {
  readonly account?: string | undefined;
  readonly clock?: string | undefined;
  readonly language?: string | undefined;
}

/** What `GET /v1/orders` is filtered by. */
type OrderChoices = Readonly<Partial<Record<keyof OrderFilter, string | undefined>>>;

interface TimelineChoice extends OrderChoice {
  readonly since?: string | undefined;
  readonly all?: boolean | undefined;
}

interface StockChoice extends PastChoice {
  readonly node?: string | undefined;
  readonly promiseBy?: string | undefined;
}

interface TrialBalanceChoice extends PastChoice {
  readonly period?: string | undefined;
}

type Resolved = Extract<ResolutionResult, { readonly outcome: 'resolved' }>;

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

const requestTimeoutMilliseconds = 60_000;
const diffMillisecondsMax = 900_000;
const waitMilliseconds = 20_000;
const pageRows = 500;
const attemptsMax = 6;
const retrySecondsDefault = 1;
const catchUpMillisecondsMax = 120_000;
const catchUpPauseMilliseconds = 50;

/**
 * Daybook's HTTP API, as the commands use it. What it wrote it also reads: every read waits until
 * the read models hold the last write of this client.
 *
 * Requests are sent again where a store is away for a moment; a repeat is recognised, so that
 * nothing is recorded twice.
 */
export class DaybookClient {
  #position: string | undefined;

  /** @param url such as `http://127.0.0.1:2850`, without a path */
  constructor(readonly url: string) {}

  /** Whether a Daybook answers. */
  async isLive(): Promise<boolean> {
    try {
      const { status, body } = await this.#request('GET', '/health/live');
      return status === 200 && (body as { status?: unknown }).status === 'live';
    } catch (error) {
      if (error instanceof ApiUnreachable) return false;
      throw error;
    }
  }

  /** Returns once the read models hold all that the ledger has now. */
  async waitUntilCaughtUp(): Promise<void> {
    const until = performance.now() + catchUpMillisecondsMax;
    for (;;) {
      const { status, body } = await this.#request('GET', '/health/ready');
      const { checks, detail } = body as ReadinessBody;
      if (status === 200 && checks?.projector.state === 'caught_up') return;
      if (performance.now() > until || checks?.projector.state === 'stalled') {
        throw new ApiProblem(
          status,
          'not_ready',
          detail ?? 'The read models are behind.',
          {},
          undefined,
        );
      }
      await pause(catchUpPauseMilliseconds);
    }
  }

  /** Records a batch of CloudEvents; one outcome an event, in the order of the batch. */
  async recordFacts(events: readonly object[]): Promise<readonly EventOutcome[]> {
    const answer = await this.#patiently('POST', '/v1/events', {
      body: JSON.stringify(events),
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });
    return (answer.body as { outcomes: readonly EventOutcome[] }).outcomes;
  }

  /** Asks for a decision; the same command again is the same decision. */
  async decide<Route extends CommandRoute>(command: SimulatedCommand<Route>): Promise<Decision> {
    try {
      await this.#patiently('POST', command.route, {
        body: JSON.stringify(command.body),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': command.idempotencyKey,
          'daybook-client': command.client,
        },
      });
      return { outcome: 'accepted' };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.body['outcome'] !== 'refused') throw error;
      return { outcome: 'refused', code: error.code, message: error.message };
    }
  }

  /** @param id the order's leaf, or with `account` the id as its source wrote it */
  order(id: string, { account, at, clock, language }: OrderChoice = {}): Promise<OrderAnswer> {
    return this.#read(`/v1/orders/${pathSegment(id)}`, { account, at, clock, language });
  }

  timeline(id: string, choice: TimelineChoice = {}): Promise<TimelineAnswer> {
    return this.#readAll(`/v1/orders/${pathSegment(id)}/timeline`, timelineParameters(choice));
  }

  customerTimeline(id: string, choice: TimelineChoice = {}): Promise<CustomerTimelineAnswer> {
    const parameters = { ...timelineParameters(choice), audience: 'customer' };
    return this.#readAll(`/v1/orders/${pathSegment(id)}/timeline`, parameters);
  }

  /** The first rows of a list of orders. */
  orders(filter: OrderChoices, limit: number): Promise<Page<ListedOrder>> {
    return this.#readSome('/v1/orders', filter, limit);
  }

  orphans(limit: number): Promise<Page<Orphan>> {
    return this.#readSome('/v1/orphans', {}, limit);
  }

  search(text: string, limit: number): Promise<Page<FoundSubject>> {
    return this.#readSome('/v1/search', { text }, limit);
  }

  findingCounts(): Promise<FindingCounts> {
    return this.#read('/v1/findings/counts', {});
  }

  stock(sku: string, { node, promiseBy, at }: StockChoice = {}): Promise<StockAnswer> {
    return this.#readAll(`/v1/stock/${pathSegment(sku)}`, { node, promiseBy, at });
  }

  oversoldStock(promiseBy?: string): Promise<Page<StockRow>> {
    return this.#readAll('/v1/oversold-stock', { promiseBy });
  }

  trialBalance({ period, at }: TrialBalanceChoice = {}): Promise<TrialBalanceAnswer> {
    return this.#readAll('/v1/trial-balance', { period, at });
  }

  /** Asks for an erasure; repeated under its key where a store was away. */
  async requestErasure(request: ErasureRequest): Promise<ErasureResult> {
    const answer = await this.#patiently('POST', '/v1/erasures', {
      body: JSON.stringify(request),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'daybook-client': 'daybook.cli',
      },
    });
    return answer.body as ErasureResult;
  }

  async completeErasure(erasureId: string, now: boolean): Promise<ErasureResult> {
    const path = `/v1/erasures/${pathSegment(erasureId)}/complete`;
    const answer = await this.#patiently('POST', path, {
      body: JSON.stringify({ now }),
      headers: { 'content-type': 'application/json' },
    });
    return answer.body as ErasureResult;
  }

  erasures(): Promise<Page<ErasureView>> {
    return this.#readAll('/v1/erasures', {});
  }

  parked(): Promise<ParkedView> {
    return this.#read('/v1/parked', {});
  }

  async retryParked(key: string): Promise<RetryResult> {
    const path = `/v1/parked/${pathSegment(key)}/retry`;
    return (await this.#patiently('POST', path, {})).body as RetryResult;
  }

  async resolveParked(key: string, request: ResolutionRequest): Promise<Resolved> {
    const path = `/v1/parked/${pathSegment(key)}/resolve`;
    const answer = await this.#patiently('POST', path, {
      body: JSON.stringify(request),
      headers: { 'content-type': 'application/json' },
    });
    return answer.body as Resolved;
  }

  quarantine(): Promise<Page<QuarantineEntry>> {
    return this.#readAll('/v1/quarantine', {});
  }

  async resolveQuarantined(source: string, digest: string): Promise<ResolvedEntry> {
    const path = `/v1/quarantine/${pathSegment(source)}/${pathSegment(digest)}/resolve`;
    return (await this.#patiently('POST', path, {})).body as ResolvedEntry;
  }

  /** Replaces the key-encryption key, which takes as long as it takes to wrap every key anew. */
  async rotateKeys(): Promise<KeyRotation> {
    return (await this.#patiently('POST', '/v1/keys/rotations', {})).body as KeyRotation;
  }

  /** The builds of the read models. */
  async generations(): Promise<readonly GenerationView[]> {
    const answer = await this.#patiently('GET', '/v1/projections', {});
    return (answer.body as { generations: readonly GenerationView[] }).generations;
  }

  async rebuildProjections(): Promise<GenerationView> {
    return (await this.#patiently('POST', '/v1/projections/rebuilds', {})).body as GenerationView;
  }

  async switchProjections(generation: number): Promise<GenerationView> {
    const path = `/v1/projections/generations/${generation}/switch`;
    return (await this.#patiently('POST', path, {})).body as GenerationView;
  }

  /** @param from the one to go back from, so that asking again does not lead there again */
  async rollBackProjections(from: number): Promise<GenerationView> {
    const path = `/v1/projections/rollback?from=${from}`;
    return (await this.#patiently('POST', path, {})).body as GenerationView;
  }

  async retireProjections(generation: number): Promise<void> {
    await this.#patiently('POST', `/v1/projections/generations/${generation}/retire`, {});
  }

  /** Takes as long as it takes to compare every row. */
  async diffProjections(first: number, second: number, limit: number): Promise<GenerationsDiff> {
    const path = `/v1/projections/diff?first=${first}&second=${second}&limit=${limit}`;
    const timeoutMilliseconds = diffMillisecondsMax;
    return (await this.#patiently('GET', path, { timeoutMilliseconds })).body as GenerationsDiff;
  }

  authority(): Promise<AuthorityAnswer> {
    return this.#read('/v1/authority', {});
  }

  /** Settles a rule of authority; repeated under its key where a store was away. */
  async setAuthority(rule: SetAuthorityDto, client: string): Promise<DecisionAnswer> {
    const answer = await this.#patiently('POST', '/v1/authority', {
      body: JSON.stringify(rule),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'daybook-client': client,
      },
    });
    return answer.body as DecisionAnswer;
  }

  completeness(source?: string, day?: string): Promise<Page<Completeness>> {
    return this.#readAll('/v1/completeness', { source, day });
  }

  statistics(): Promise<StatisticsAnswer> {
    return this.#read('/v1/stats', {});
  }

  /** The first pages of a list as one, up to so many rows. */
  async #readSome<Row>(path: string, parameters: Parameters, rows: number): Promise<Page<Row>> {
    const items: Row[] = [];
    let cursor: string | undefined;
    for (;;) {
      const limit = String(Math.min(pageRows, rows - items.length));
      const page: Page<Row> = await this.#read(path, { ...parameters, limit, cursor });
      items.push(...page.items);
      if (page.next === null || items.length >= rows) return { items, next: page.next };
      cursor = page.next;
    }
  }

  /** All pages of a list as one. */
  async #readAll<
    Answer extends { readonly items: readonly unknown[]; readonly next: string | null },
  >(path: string, parameters: Parameters): Promise<Answer> {
    const limit = String(pageRows);
    const first = await this.#read<Answer>(path, { ...parameters, limit });
    const items = [...first.items];
    let { next } = first;
    while (next !== null) {
      const page: Answer = await this.#read(path, { ...parameters, limit, cursor: next });
      items.push(...page.items);
      next = page.next;
    }
    return { ...first, items, next: null };
  }

  async #read<Answer>(path: string, parameters: Parameters): Promise<Answer> {
    const query = new URLSearchParams();
    const waiting = this.#position === undefined ? {} : { wait: String(waitMilliseconds) };
    const all = { ...parameters, after: this.#position, ...waiting };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) query.set(name, value);
    }
    const text = query.toString();
    const answer = await this.#patiently('GET', text === '' ? path : `${path}?${text}`, {});
    return answer.body as Answer;
  }

  async #patiently(method: string, path: string, init: RequestParts): Promise<RawAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#request(method, path, init);
        this.#remember(headerOf(answer, 'daybook-position'));
        if (answer.status < 400) return answer;
        throw problemOf(answer);
      } catch (error) {
        const seconds = secondsUntilRetry(error);
        if (seconds === undefined || attempt === attemptsMax) throw error;
        await pause(seconds * 1_000);
      }
    }
  }

  async #request(method: string, path: string, init: RequestParts = {}): Promise<RawAnswer> {
    try {
      const { status, headers, text } = await sendRequest(this.url, {
        method,
        path,
        timeoutMilliseconds: requestTimeoutMilliseconds,
        ...init,
      });
      return { status, headers, body: parseBody(text) };
    } catch (error) {
      throw new ApiUnreachable(`${this.url} does not answer: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** Keeps the furthest position: answers of requests in flight come in any order. */
  #remember(text: string | undefined): void {
    const token = text === undefined ? undefined : readPositionToken(text);
    if (text === undefined || token === undefined) return;
    const known = this.#position === undefined ? undefined : readPositionToken(this.#position);
    if (known === undefined || comparePositions(known, token) < 0) this.#position = text;
  }
}

function timelineParameters({ account, at, language, since, all }: TimelineChoice): Parameters {
  return { account, at, language, since, all: all === true ? 'true' : undefined };
}

function headerOf({ headers }: RawAnswer, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

interface ReadinessBody {
  readonly checks?: { readonly projector: { readonly state: string } };
  readonly detail?: string;
}

type Parameters = Readonly<Record<string, string | undefined>>;
type RequestParts = {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly timeoutMilliseconds?: number;
};

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function problemOf(answer: RawAnswer): ApiProblem {
  const { status, body } = answer;
  const problem = body as Readonly<Record<string, unknown>>;
  const { code, detail } = problem;
  const seconds = Number(headerOf(answer, 'retry-after') ?? Number.NaN);
  return new ApiProblem(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    typeof detail === 'string' ? detail : `The answer was HTTP ${status}.`,
    problem,
    Number.isFinite(seconds) ? seconds : undefined,
  );
}

/** A store that is away, and read models that are behind, come back; other refusals stay. */
function secondsUntilRetry(error: unknown): number | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const passes = error.status === 503 || error.code === 'position_not_reached';
  return passes ? (error.retryAfterSeconds ?? retrySecondsDefault) : undefined;
}
