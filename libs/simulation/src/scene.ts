import type { EventData, EventType } from '#events';
import { instantFromMilliseconds, localDate } from '#kernel';
import type { SeededRandom } from './random.js';
import type { CommandRoute, SimulatedCommand, SimulatedDelivery, SimulatedStep } from './step.js';
import type { StockRoom } from './stock-room.js';
import { Takings } from './takings.js';

/** A step and the minute in which it reaches the ledger. */
export interface ArrivingStep {
  readonly arrivesAt: number;
  readonly step: SimulatedStep;
}

/** A fact to tell: what it says, about what, by whom, and when it happened. */
export interface Telling<Type extends EventType> extends Partial<
  Pick<
    SimulatedDelivery,
    | 'subject'
    | 'objectid'
    | 'account'
    | 'sku'
    | 'node'
    | 'precision'
    | 'notbefore'
    | 'version'
    | 'transaction'
    | 'span'
    | 'numberrange'
    | 'sequence'
  >
> {
  readonly type: Type;
  readonly source: string;
  readonly data: EventData<Type>;
  /** Told when it happens: later steps need it, so it is neither late nor shuffled. */
  readonly prompt?: boolean;
  /** How long what its source sends is held up on top of all else, as by an outage. */
  readonly heldUpMinutes?: number;
}

/** Where and when a scene plays. */
export interface SceneOptions {
  readonly random: SeededRandom;
  readonly stock: StockRoom;
  /** Whether the ledger is asked to decide, or an order management reports what it decided. */
  readonly decisions: 'asked' | 'reported';
  readonly startMilliseconds: number;
  /** Tells this scene's deliveries from those of others. */
  readonly name: string;
  /** Numbers of things go on from here. */
  readonly lastNumber: number;
}

const minuteMilliseconds = 60_000;
const latePercent = 6;
const repeatedPercent = 4;
const latenessMinutesMax = 1_800;
const jitterMinutesMax = 3;

/**
 * Where stories are told: it numbers things, turns minutes into times, and lets deliveries arrive
 * as real ones do: out of order, some late, some twice. Minutes count from the start of the simulated day.
 */
export class Scene {
  readonly random: SeededRandom;
  readonly stock: StockRoom;
  /** What tills and marketplaces took so far, by business day. */
  readonly takings = new Takings();
  readonly decisions: SceneOptions['decisions'];
  readonly #startMilliseconds: number;
  readonly #name: string;
  readonly #steps: ArrivingStep[] = [];
  #lastNumber: number;
  #deliveries = 0;

  constructor(options: SceneOptions) {
    this.random = options.random;
    this.stock = options.stock;
    this.decisions = options.decisions;
    this.#startMilliseconds = options.startMilliseconds;
    this.#name = options.name;
    this.#lastNumber = options.lastNumber;
  }

  /** The last number given to anything that is numbered. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** RFC 3339 of a minute. */
  timeOf(minute: number): string {
    return instantFromMilliseconds(this.#startMilliseconds + minute * minuteMilliseconds);
  }

  dayOf(minute: number): string {
    return localDate(this.timeOf(minute), 'UTC');
  }

  /** The minute in which a day `YYYY-MM-DD` begins. */
  minuteOf(day: string): number {
    return (Date.parse(`${day}T00:00:00Z`) - this.#startMilliseconds) / minuteMilliseconds;
  }

  /** Tells a fact that happened in a minute, and returns what was delivered. */
  tell<Type extends EventType>(minute: number, telling: Telling<Type>): SimulatedDelivery<Type> {
    const { prompt = false, heldUpMinutes = 0, ...parts } = telling;
    this.#deliveries += 1;
    const delivery: SimulatedDelivery<Type> = {
      specversion: '1.0',
      id: `${this.#name}-${String(this.#deliveries).padStart(7, '0')}`,
      ...parts,
      ...this.#timeOf(minute, telling),
    };
    const arrivesAt = (prompt ? minute : minute + this.#delay()) + heldUpMinutes;
    this.#arrive(arrivesAt, { kind: 'delivery', delivery });
    if (this.random.chance(repeatedPercent)) {
      const again = arrivesAt + this.random.integer(0, latenessMinutesMax);
      this.#arrive(again, { kind: 'delivery', delivery });
    }
    return delivery;
  }

  #delay(): number {
    const max = this.random.chance(latePercent) ? latenessMinutesMax : jitterMinutesMax;
    return this.random.integer(0, max);
  }

  #timeOf(minute: number, { precision }: Pick<Telling<EventType>, 'precision'>) {
    if (precision === 'unknown') return {};
    return { time: precision === 'date' ? this.dayOf(minute) : this.timeOf(minute) };
  }

  /** Asks for a decision in a minute. */
  ask<Route extends CommandRoute>(minute: number, command: SimulatedCommand<Route>): void {
    this.#arrive(minute, { kind: 'command', command });
  }

  #arrive(arrivesAt: number, step: SimulatedStep): void {
    this.#steps.push({ arrivesAt, step });
  }

  /** Every step in the order in which it arrives; steps of one minute as they were told. */
  arrivals(): readonly ArrivingStep[] {
    return [...this.#steps].sort((left, right) => left.arrivesAt - right.arrivesAt);
  }
}
