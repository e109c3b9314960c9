import { type AnyLedgerEvent, readStoredEvent } from '#events';
import type { EventToAppend, RecordedEvent } from '#event-store';
import type { StorePosition } from '#kernel';
import type { StreamFold } from '#domain';

/** A fold of any state; a state is only ever handed back to the fold it came from. */
export type AnyFold = StreamFold<unknown>;

/** A stream read tells no rank in the ledger, and no fold may ask for it. */
const sequenceUnknown = -1;

interface Folded {
  state: unknown;
  /** Why no state can be told: an event that this build cannot read. */
  unreadable: string | undefined;
}

/**
 * All that this process knows of a stream, complete up to a revision: which ids stand where, and
 * the folds that decisions asked for.
 */
export class KnownStream {
  readonly leaf: string;
  #revision = -1;
  #position: StorePosition | null = null;
  readonly #revisionById = new Map<string, number>();
  readonly #folds = new Map<AnyFold, Folded>();

  /** A stream nothing is known of; with folds, it has to be read from its start. */
  constructor(leaf: string, folds: Iterable<AnyFold> = []) {
    this.leaf = leaf;
    for (const fold of folds) {
      this.#folds.set(fold, { state: fold.initial(), unreadable: undefined });
    }
  }

  /** The revision of the last event known, -1 where there is none. */
  get revision(): number {
    return this.#revision;
  }

  /** The place of the last event known. */
  get position(): StorePosition | null {
    return this.#position;
  }

  /** What this takes of the memory kept for known streams, in events. */
  get weight(): number {
    return 4 + this.#revisionById.size * (1 + 8 * this.#folds.size);
  }

  get folds(): Iterable<AnyFold> {
    return this.#folds.keys();
  }

  revisionOf(eventId: string): number | undefined {
    return this.#revisionById.get(eventId);
  }

  hasFold(fold: AnyFold): boolean {
    return this.#folds.has(fold);
  }

  unreadable(fold: AnyFold): string | undefined {
    return this.#folds.get(fold)?.unreadable;
  }

  /** A state that can be evolved without touching this one. */
  branch(fold: AnyFold): unknown {
    const folded = this.#folds.get(fold);
    if (!folded) throw new Error(`The stream ${this.leaf} was not folded for this decision.`);
    return fold.branch(folded.state);
  }

  /** Takes the next event of the stream, whoever wrote it. */
  take(event: EventToAppend, revision: number, position: StorePosition): void {
    if (revision !== this.#revision + 1) {
      throw new Error(
        `The stream ${this.leaf} is known up to ${this.#revision}; ${revision} cannot be next.`,
      );
    }
    this.#revision = revision;
    this.#position = position;
    // The first place an id stands at is the answer for good.
    if (!this.#revisionById.has(event.eventId)) this.#revisionById.set(event.eventId, revision);
    if (this.#folds.size === 0) return;
    const read = asLedgerEvent(this.leaf, event, revision);
    for (const [fold, folded] of this.#folds) {
      if (read.outcome === 'read') folded.state = fold.evolve(folded.state, read.event);
      else folded.unreadable ??= read.message;
    }
  }

  takeRecorded(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      const { eventId, type, revision, position } = event;
      const data = event.data as object;
      this.take({ eventId, type, data, metadata: event.metadata as object }, revision, position);
    }
  }
}

/** An event about to be written, as the folds will see it. */
export function tentativeEvent(leaf: string, event: EventToAppend): AnyLedgerEvent {
  const read = asLedgerEvent(leaf, event, sequenceUnknown);
  if (read.outcome !== 'read') throw new Error(read.message);
  return read.event;
}

function asLedgerEvent(
  leaf: string,
  { eventId, type, data, metadata }: EventToAppend,
  revision: number,
): ReturnType<typeof readStoredEvent> {
  return readStoredEvent({
    leaf,
    eventId,
    type,
    data,
    metadata,
    revision,
    sequence: sequenceUnknown,
  });
}
