import type { ClientBase } from 'pg';
import { arrivalsOf } from '../as-of/arrivals.js';
import { forgetWaypointsBehind } from '../as-of/keep-waypoint.js';
import type { FedEvent } from '../feed/event-feed.js';
import { DerivationError } from '../fold/derive-rows.js';
import { type Checkpoint, movingCheckpoint, type NextCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { QueuedStatements } from '../postgres/statement-set.js';
import { beginBatch, endBatch } from '../postgres/write-batch.js';
import { type EventReading, type ReadBatch, readBatch } from '../run/batch-folder.js';
import type { Stop } from '../run/progress.js';
import { itemOf } from './batch-item.js';
import { foldAndWrite } from './fold-and-write.js';
import { foldWithParking, type ParkingFold, type ParkingGround } from './fold-with-parking.js';
import { readParkedEvents } from './parked-rows.js';
import { answerOf, notParked, type RetryAnswer } from './retry-answer.js';
import { arrivalsAmong, unmoved } from './unmoved.js';
import { deleteParkedKey } from './write-parked.js';

/** A batch that is folded: what it writes and parks, and where the checkpoint goes. */
export interface PreparedBatch<Event> {
  readonly folded: ParkingFold<Event>;
  /** How many events lie up to `to`, applied or parked. */
  readonly events: number;
  /** Undefined where not even the first event can be taken. */
  readonly to: NextCheckpoint | undefined;
  readonly stop: Stop | undefined;
}

/** Reads the ids of events that a recorded decision says are not to be applied. */
export type SkippedEvents = (client: ClientBase) => Promise<ReadonlySet<string>>;

/** How much is parked. */
export interface ParkedCounts {
  readonly parkedKeys: number;
  readonly parkedEvents: number;
}

/** What a holder knows of parked keys under its epoch; it is dropped together with the folder. */
export class ParkingSession<Event, View> {
  constructor(
    private readonly reading: EventReading,
    private readonly skippedEvents: SkippedEvents,
    private ground: ParkingGround<Event, View>,
    private skipped: ReadonlySet<string>,
  ) {}

  get counts(): ParkedCounts {
    const { parked } = this.ground;
    return { parkedKeys: parked.size, parkedEvents: parked.events };
  }

  /** Reads and folds a batch, as though it were committed. */
  async prepare(from: Checkpoint, events: readonly FedEvent[]): Promise<PreparedBatch<Event>> {
    const read = this.read(from, events);
    const folded = await foldWithParking(this.ground, read.items, new Map());
    this.takeOver(folded);
    return this.upToLimit(from, events, folded, read);
  }

  /**
   * Applies a batch of which PostgreSQL refuses rows: whatever they are derived from is found and
   * parked, and the rest is written, in one transaction.
   */
  async applyIsolated(
    client: ClientBase,
    from: Checkpoint,
    events: readonly FedEvent[],
  ): Promise<PreparedBatch<Event>> {
    const { plan } = this.ground;
    const read = this.read(from, events);
    if (read.to === undefined) return { ...read, folded: await this.foldOfNothing() };
    const statements = new QueuedStatements(client);
    await beginBatch(statements, plan, from, read.to);
    const folded = await foldAndWrite(client, this.ground, read.items);
    const prepared = this.upToLimit(from, events, folded, read);
    if (prepared.to === undefined) {
      await client.query('ROLLBACK');
      return prepared;
    }
    if (prepared.to.sequence !== read.to.sequence) {
      statements.add(movingCheckpoint(this.key, { ...from, ...read.to }, prepared.to));
    }
    const { to } = prepared;
    const arrivals = arrivalsOf(plan.definition, from.sequence, to.sequence, events);
    await endBatch(statements, plan, folded.fold, { from, to, arrivals, parked: folded.parked });
    this.takeOver(folded);
    return prepared;
  }

  /**
   * Reads the events of a parked key again as they were stored, and applies them in their order; what
   * still cannot be applied stays parked. All in one transaction, under the holder's guard.
   *
   * @param at where the group stands; the checkpoint stays there
   * @param answered runs in the same transaction
   */
  async retry(
    client: ClientBase,
    at: Checkpoint,
    key: string,
    answered: (answer: RetryAnswer) => Promise<void>,
  ): Promise<RetryAnswer> {
    const { plan } = this.ground;
    const to = unmoved(at);
    const stored = await readParkedEvents(client, this.key, key);
    const [first] = stored;
    if (to === undefined || first === undefined) {
      await answered(notParked);
      return notParked;
    }
    this.skipped = await this.skippedEvents(client);
    const statements = new QueuedStatements(client);
    await beginBatch(statements, plan, at, to);
    const items = stored
      .filter(({ eventId }) => !this.skipped.has(eventId))
      .map((event) => itemOf(plan.definition, event));
    const ground = { ...this.ground, parked: this.ground.parked.without(key) };
    const folded = await this.foldForRetry(client, ground, items);
    if ('outcome' in folded) {
      await client.query('ROLLBACK');
      await answered(folded);
      return folded;
    }
    await deleteParkedKey(client, this.key, key);
    await forgetWaypointsBehind(client, this.key, first.sequence);
    const skipped = stored.filter(({ eventId }) => this.skipped.has(eventId));
    folded.parked.skipped.push(...skipped);
    const answer = answerOf(stored.length, items.length, folded);
    await answered(answer);
    const arrivals = arrivalsAmong(stored.map(({ sequence }) => sequence));
    await endBatch(statements, plan, folded.fold, {
      from: at,
      to,
      arrivals,
      parked: folded.parked,
    });
    this.ground = ground;
    this.takeOver(folded);
    return answer;
  }

  private get key(): GenerationKey {
    const { definition, generation } = this.ground.plan;
    return { groupName: definition.name, generation };
  }

  private read(from: Checkpoint, events: readonly FedEvent[]) {
    return readBatch(this.ground.plan, this.reading, from, events, this.skipped);
  }

  private foldOfNothing(): Promise<ParkingFold<Event>> {
    return foldWithParking(this.ground, [], new Map());
  }

  /** A retry that cannot be done leaves everything as it was: it must not stop the group. */
  private async foldForRetry(
    client: ClientBase,
    ground: ParkingGround<Event, View>,
    items: Parameters<typeof foldAndWrite<Event, View>>[2],
  ): Promise<ParkingFold<Event> | Extract<RetryAnswer, { outcome: 'refused' }>> {
    try {
      const folded = await foldAndWrite(client, ground, items);
      if (folded.exceeded === undefined) return folded;
      const { code, message } = folded.exceeded;
      return { outcome: 'refused', code, message };
    } catch (error) {
      if (!(error instanceof DerivationError)) throw error;
      return { outcome: 'refused', code: 'derivation_failed', message: error.message };
    }
  }

  /** Where a limit ends the batch early, the checkpoint stands before the event that exceeds it. */
  private upToLimit(
    from: Checkpoint,
    events: readonly FedEvent[],
    folded: ParkingFold<Event>,
    read: ReadBatch<Event>,
  ): PreparedBatch<Event> {
    const { exceeded, parked } = folded;
    if (exceeded === undefined) {
      parked.skipped.push(...read.skipped);
      return { ...read, folded };
    }
    const { code, message, before } = exceeded;
    const cut = this.read(from, events.slice(0, before.sequence - from.sequence));
    parked.skipped.push(...cut.skipped);
    const { leaf, revision, eventId } = before;
    return { ...cut, folded, stop: { code, message, event: { leaf, revision, eventId } } };
  }

  private takeOver({ graph, fold, parked }: ParkingFold<Event>): void {
    this.ground.folder.advance(graph, fold);
    parked.takeOver();
  }
}
