/** Deliveries of one request; what one costs hardly depends on how many there are. */
const deliveriesOfRequestMax = 200;
const requestsInFlightMax = 2;
const decisionsInFlightMax = 16;
/** How far a step may run ahead of the first that is not done. */
const unfinishedMax = 600;

/** What is done with the steps. */
export interface StepWork<Delivery, Command> {
  record(deliveries: readonly Delivery[]): Promise<void>;
  decide(command: Command): Promise<void>;
}

/** A step, and the stream by which it depends on others. */
export type ScheduledStep<Delivery, Command> =
  | { readonly kind: 'command'; readonly command: Command; readonly stream: string }
  | {
      readonly kind: 'delivery';
      readonly delivery: Delivery;
      /** Undefined where no decision is taken on the stream it lies on. */
      readonly stream: string | undefined;
      /** Whether it may be recorded before commands of its stream that came before it. */
      readonly mayOvertake: (waiting: readonly Command[]) => boolean;
    };

type DeliveryStep<Delivery, Command> = Extract<
  ScheduledStep<Delivery, Command>,
  { readonly kind: 'delivery' }
>;

/** What is not done yet of one stream. */
interface StreamSchedule<Delivery, Command> {
  readonly waiting: ScheduledStep<Delivery, Command>[];
  /** Deliveries that wait for no decision and are not recorded yet. */
  recording: number;
  deciding: Command | undefined;
}

/**
 * Carries out steps as early as their order allows. On one stream a decision waits for all deliveries
 * and decisions before it, a delivery for all decisions before it. Steps of different streams do not
 * wait for each other.
 */
export class StepSchedule<Delivery, Command> {
  readonly #streams = new Map<string, StreamSchedule<Delivery, Command>>();
  #recordable: DeliveryStep<Delivery, Command>[] = [];
  readonly #decidable: (() => Promise<void>)[] = [];
  #requests = 0;
  #decisions = 0;
  #unfinished = 0;
  #hasEnded = false;
  #failure: { readonly error: unknown } | undefined;
  #moved: () => void = () => undefined;

  constructor(private readonly work: StepWork<Delivery, Command>) {}

  /** Takes the next step once there is room. @throws what an earlier step failed with */
  async add(step: ScheduledStep<Delivery, Command>): Promise<void> {
    await this.#until(() => this.#unfinished < unfinishedMax);
    this.#unfinished += 1;
    if (step.kind === 'command') this.#enqueue(step, step.stream);
    else if (step.stream === undefined) this.#recordable.push(step);
    else this.#enqueue(step, step.stream);
    this.#proceed();
  }

  /** Resolves once every step is done. @throws what a step failed with */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#proceed();
    await this.#until(() => this.#unfinished === 0);
  }

  #enqueue(step: ScheduledStep<Delivery, Command>, stream: string): void {
    const schedule = this.#streams.get(stream) ?? {
      waiting: [],
      recording: 0,
      deciding: undefined,
    };
    this.#streams.set(stream, schedule);
    if (step.kind === 'delivery' && step.mayOvertake(commandsOf(schedule))) {
      schedule.recording += 1;
      this.#recordable.push(step);
      return;
    }
    schedule.waiting.push(step);
    this.#advance(stream, schedule);
  }

  /** Releases what waits for nothing of its stream any more. */
  #advance(stream: string, schedule: StreamSchedule<Delivery, Command>): void {
    while (schedule.deciding === undefined) {
      const [next] = schedule.waiting;
      if (next === undefined || (next.kind === 'command' && schedule.recording > 0)) break;
      schedule.waiting.shift();
      if (next.kind === 'delivery') {
        schedule.recording += 1;
        this.#recordable.push(next);
      } else {
        schedule.deciding = next.command;
        this.#decidable.push(() => this.#decide(stream, schedule, next.command));
      }
    }
    const isDone = schedule.recording === 0 && schedule.deciding === undefined;
    if (isDone && schedule.waiting.length === 0) this.#streams.delete(stream);
  }

  #proceed(): void {
    if (this.#failure) return;
    while (this.#mayRequest()) {
      const steps = this.#recordable.slice(0, deliveriesOfRequestMax);
      this.#recordable = this.#recordable.slice(deliveriesOfRequestMax);
      this.#requests += 1;
      void this.#carryOut(this.#record(steps), steps.length, () => (this.#requests -= 1));
    }
    while (this.#decisions < decisionsInFlightMax) {
      const decide = this.#decidable.shift();
      if (decide === undefined) return;
      this.#decisions += 1;
      void this.#carryOut(decide(), 1, () => (this.#decisions -= 1));
    }
  }

  /** A request that is not full goes only where nothing could fill it but its own answer. */
  #mayRequest(): boolean {
    const { length } = this.#recordable;
    if (length >= deliveriesOfRequestMax) return this.#requests < requestsInFlightMax;
    const isAllThereIs = this.#hasEnded || this.#unfinished >= unfinishedMax;
    return length > 0 && this.#requests === 0 && isAllThereIs;
  }

  async #record(steps: readonly DeliveryStep<Delivery, Command>[]): Promise<void> {
    await this.work.record(steps.map(({ delivery }) => delivery));
    for (const { stream } of steps) {
      const schedule = stream === undefined ? undefined : this.#streams.get(stream);
      if (stream === undefined || schedule === undefined) continue;
      schedule.recording -= 1;
      this.#advance(stream, schedule);
    }
  }

  async #decide(
    stream: string,
    schedule: StreamSchedule<Delivery, Command>,
    command: Command,
  ): Promise<void> {
    await this.work.decide(command);
    schedule.deciding = undefined;
    this.#advance(stream, schedule);
  }

  async #carryOut(work: Promise<void>, steps: number, ended: () => void): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#failure ??= { error };
    }
    ended();
    this.#unfinished -= steps;
    this.#proceed();
    this.#moved();
  }

  /** @throws what a step failed with */
  async #until(isSo: () => boolean): Promise<void> {
    while (this.#failure === undefined && !isSo()) {
      await new Promise<void>((resolve) => (this.#moved = resolve));
    }
    if (this.#failure) throw this.#failure.error;
  }
}

function commandsOf<Delivery, Command>({
  waiting,
  deciding,
}: StreamSchedule<Delivery, Command>): readonly Command[] {
  const later = waiting.flatMap((step) => (step.kind === 'command' ? [step.command] : []));
  return deciding === undefined ? later : [deciding, ...later];
}
