import { comparePositions, type StorePosition } from '#kernel';
import type { LedgerStreams } from '../streams/ledger-streams.js';

/**
 * How far the ledger is known to reach. It only grows, so that the store is asked for positions alone
 * that lie behind all that was seen of it, and once for all who ask at a time.
 */
export class KnownTail {
  #position: StorePosition | undefined;
  #reading: Promise<void> | undefined;

  constructor(private readonly streams: LedgerStreams) {}

  /** Takes note of a position where an event lies. */
  reached(position: StorePosition): void {
    if (!this.#holds(position)) this.#position = position;
  }

  /** Whether the ledger reaches a position, as of now. */
  async reaches(position: StorePosition): Promise<boolean> {
    if (this.#holds(position)) return true;
    // A reading that is under way may have begun before what is asked for was recorded.
    if (this.#reading !== undefined) await this.#reading;
    if (this.#holds(position)) return true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return this.#holds(position);
  }

  async #read(): Promise<void> {
    const tail = await this.streams.store.readTail(this.streams.prefix);
    if (tail !== undefined) this.reached(tail.position);
  }

  #holds(position: StorePosition): boolean {
    return this.#position !== undefined && comparePositions(this.#position, position) >= 0;
  }
}
