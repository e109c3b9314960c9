import { leafOf } from '#kernel';
import type { SimulatedCommand, SimulatedDelivery, SimulatedStep } from '#simulation';
import type { DaybookClient } from './api-client.js';
import { inParallel } from './in-parallel.js';

const deliveriesWaitingMax = 200;
const commandsWaitingMax = 64;
const streamsInFlightMax = 8;

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
 * Plays trading days: deliveries in batches, decisions several at a time.
 *
 * A decision is asked for once every delivery before it is recorded and every decision before it on
 * its stream is taken, and before any later delivery of its stream, so that the same day is always
 * decided the same way.
 */
export async function playTradingDay(
  client: DaybookClient,
  steps: readonly SimulatedStep[],
  onPlayed: (steps: number) => void,
): Promise<PlayedDay> {
  const day = new Day(client, onPlayed);
  for (const step of steps) {
    if (step.kind === 'delivery') await day.deliver(step.delivery);
    else await day.ask(step.command);
  }
  await day.flush();
  return day;
}

class Day implements PlayedDay {
  recorded = 0;
  repeated = 0;
  accepted = 0;
  refused = 0;
  readonly surprises: string[] = [];
  #deliveries: SimulatedDelivery[] = [];
  /** What is still to be asked, by the stream that decides it. */
  #commands = new Map<string, SimulatedCommand[]>();
  #commandsWaiting = 0;

  constructor(
    private readonly client: DaybookClient,
    private readonly onPlayed: (steps: number) => void,
  ) {}

  async deliver(delivery: SimulatedDelivery): Promise<void> {
    const waiting = this.#commands.get(streamOfDelivery(delivery) ?? '') ?? [];
    const matters = waiting.length > 0 && !takesWhatWasReserved(delivery, waiting);
    if (matters || this.#deliveries.length >= deliveriesWaitingMax) await this.flush();
    this.#deliveries.push(delivery);
  }

  async ask(command: SimulatedCommand): Promise<void> {
    if (this.#commandsWaiting >= commandsWaitingMax) await this.flush();
    const stream = streamOfCommand(command);
    const waiting = this.#commands.get(stream);
    if (waiting) waiting.push(command);
    else this.#commands.set(stream, [command]);
    this.#commandsWaiting += 1;
  }

  /** Sends the deliveries that wait, then asks for the decisions that wait. */
  async flush(): Promise<void> {
    const [deliveries, commands] = [this.#deliveries, [...this.#commands.values()]];
    this.#deliveries = [];
    this.#commands = new Map();
    this.#commandsWaiting = 0;
    if (deliveries.length > 0) await this.#record(deliveries);
    await inParallel(streamsInFlightMax, commands, async (ofStream) => {
      for (const command of ofStream) await this.#decide(command);
    });
  }

  async #record(deliveries: readonly SimulatedDelivery[]): Promise<void> {
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

  async #decide(command: SimulatedCommand): Promise<void> {
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
  const { sku, node, type, source, account = source, objectid } = delivery;
  if (sku !== undefined && node !== undefined) return leafOf('inventory', [sku, node]);
  const isOfOrder = type.startsWith('Order') || type === 'PromiseDateSet';
  return isOfOrder && objectid !== undefined ? leafOf('order', [account, objectid]) : undefined;
}

function streamOfCommand({ body }: SimulatedCommand): string {
  return 'sku' in body ? leafOf('inventory', [body.sku, body.node]) : body.order;
}
