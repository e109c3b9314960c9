import { leafOf } from '#kernel';
import type { SimulatedCommand, SimulatedDelivery, SimulatedStep } from '#simulation';
import type { DaybookClient } from './api-client.js';
import { StepSchedule } from './step-schedule.js';

/** What became of a trading day. */
export interface PlayedDay {
  readonly recorded: number;
  readonly repeated: number;
  readonly accepted: number;
  readonly refused: number;
  /** Where the answer was not what the day expects, in a sentence each. */
  readonly surprises: readonly string[];
}

/**
 * Plays trading days, with several requests and decisions under way at all times.
 *
 * A decision looks at its own stream alone. It is asked for once every delivery of that stream before
 * it is recorded and every decision before it is taken, and before any later delivery of the stream,
 * so that the same day is always decided the same way.
 */
export async function playTradingDay(
  client: DaybookClient,
  steps: readonly SimulatedStep[],
  onPlayed: (steps: number) => void,
): Promise<PlayedDay> {
  const day = new Day(client, onPlayed);
  const schedule = new StepSchedule<SimulatedDelivery, SimulatedCommand>(day);
  for (const step of steps) {
    if (step.kind === 'command') {
      await schedule.add({ ...step, stream: streamOfCommand(step.command) });
    } else {
      const { delivery } = step;
      const mayOvertake = (waiting: readonly SimulatedCommand[]): boolean =>
        takesWhatWasReserved(delivery, waiting);
      await schedule.add({ ...step, stream: streamOfDelivery(delivery), mayOvertake });
    }
  }
  await schedule.end();
  return day;
}

class Day implements PlayedDay {
  recorded = 0;
  repeated = 0;
  accepted = 0;
  refused = 0;
  readonly surprises: string[] = [];

  constructor(
    private readonly client: DaybookClient,
    private readonly onPlayed: (steps: number) => void,
  ) {}

  async record(deliveries: readonly SimulatedDelivery[]): Promise<void> {
    for (const outcome of await this.client.recordFacts(deliveries)) {
      if ('code' in outcome) {
        const id = outcome.id ?? 'a delivery without id';
        this.surprises.push(`${id} was ${outcome.outcome}: ${outcome.message}`);
      } else {
        this[outcome.outcome] += 1;
      }
    }
    this.onPlayed(deliveries.length);
  }

  async decide(command: SimulatedCommand): Promise<void> {
    const decision = await this.client.decisions.decide(command);
    this[decision.outcome] += 1;
    this.onPlayed(1);
    if (decision.outcome === command.expected) return;
    const why = decision.outcome === 'refused' ? ` (${decision.code}: ${decision.message})` : '';
    this.surprises.push(
      `${command.route} ${command.idempotencyKey} was ${decision.outcome}${why}, not ${command.expected}`,
    );
  }
}

/**
 * An issue takes units that were reserved before, and so changes nothing a waiting decision looks
 * at, unless the reservation is one of those that wait.
 */
function takesWhatWasReserved(
  { type, data }: SimulatedDelivery,
  waiting: readonly SimulatedCommand[],
): boolean {
  if (type !== 'StockIssued' || data === undefined || !('allocation' in data)) return false;
  return waiting.every(
    ({ body }) => !('allocation' in body) || body.allocation !== data.allocation,
  );
}

/** The inventory or order stream a delivery lies on; undefined where no decision is taken on it. */
function streamOfDelivery(delivery: SimulatedDelivery): string | undefined {
  const { sku, node, type, source, account = source, objectid, subject } = delivery;
  if (sku !== undefined && node !== undefined) return leafOf('inventory', [sku, node]);
  const isOfOrder = type.startsWith('Order') || type === 'PromiseDateSet';
  return isOfOrder && objectid !== undefined ? leafOf('order', [account, objectid]) : subject;
}

function streamOfCommand({ body }: SimulatedCommand): string {
  return 'sku' in body ? leafOf('inventory', [body.sku, body.node]) : body.order;
}
