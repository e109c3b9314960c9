import { setTimeout as pause } from 'node:timers/promises';
import type { EventOutcome } from '../http/events/event-outcome.js';
import { ApiProblem, ApiUnreachable } from './api/api-problem.js';
import { ApiConnection } from './api/connection.js';
import { DecisionCalls } from './api/decision-calls.js';
import { MoneyCalls } from './api/money-calls.js';
import { OperationCalls } from './api/operation-calls.js';
import { OrderCalls } from './api/order-calls.js';
import { ProjectionCalls } from './api/projection-calls.js';
import { SourceCalls } from './api/source-calls.js';
import { StockCalls } from './api/stock-calls.js';

const catchUpMillisecondsMax = 120_000;
const catchUpPauseMilliseconds = 50;

interface ReadinessBody {
  readonly checks?: { readonly projector: { readonly state: string } };
  readonly detail?: string;
}

/** Daybook's HTTP API, as the commands use it, by what it is about. */
export class DaybookClient {
  readonly #connection: ApiConnection;
  readonly orders: OrderCalls;
  readonly stock: StockCalls;
  readonly money: MoneyCalls;
  readonly decisions: DecisionCalls;
  readonly sources: SourceCalls;
  readonly operations: OperationCalls;
  readonly projections: ProjectionCalls;

  /** @param url such as `http://127.0.0.1:2850`, without a path */
  constructor(readonly url: string) {
    const connection = new ApiConnection(url);
    this.#connection = connection;
    this.orders = new OrderCalls(connection);
    this.stock = new StockCalls(connection);
    this.money = new MoneyCalls(connection);
    this.decisions = new DecisionCalls(connection);
    this.sources = new SourceCalls(connection);
    this.operations = new OperationCalls(connection);
    this.projections = new ProjectionCalls(connection);
  }

  /** Whether a Daybook answers. */
  async isLive(): Promise<boolean> {
    try {
      const { status, body } = await this.#connection.request('GET', '/health/live');
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
      const { status, body } = await this.#connection.request('GET', '/health/ready');
      const { checks, detail } = body as ReadinessBody;
      if (status === 200 && checks?.projector.state === 'caught_up') return;
      if (performance.now() > until || checks?.projector.state === 'stalled') {
        const message = detail ?? 'The read models are behind.';
        throw new ApiProblem(status, 'not_ready', message, {}, undefined);
      }
      await pause(catchUpPauseMilliseconds);
    }
  }

  /** Records a batch of CloudEvents; one outcome an event, in the order of the batch. */
  async recordFacts(events: readonly object[]): Promise<readonly EventOutcome[]> {
    const { outcomes } = await this.#connection.post<{
      readonly outcomes: readonly EventOutcome[];
    }>('/v1/events', events, { 'content-type': 'application/cloudevents-batch+json' });
    return outcomes;
  }
}
