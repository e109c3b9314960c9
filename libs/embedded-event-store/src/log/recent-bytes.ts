/**
 * The last bytes of the log, held in a ring of fixed size, so that live subscribers and readers of
 * what was just written need no disk.
 */
export class RecentBytes {
  readonly #ring: Buffer;
  #end: number;
  #start: number;

  /** @param end - the byte of the log up to which everything lies on the disk alone */
  constructor(capacityBytes: number, end: number) {
    this.#ring = Buffer.alloc(capacityBytes);
    this.#start = end;
    this.#end = end;
  }

  /** Adds the bytes that follow those added before. */
  add(bytes: Buffer): void {
    const kept = bytes.subarray(Math.max(0, bytes.length - this.#ring.length));
    const at = (this.#end + bytes.length - kept.length) % this.#ring.length;
    const untilWrap = Math.min(kept.length, this.#ring.length - at);
    kept.copy(this.#ring, at, 0, untilWrap);
    kept.copy(this.#ring, 0, untilWrap);
    this.#end += bytes.length;
    this.#start = Math.max(this.#start, this.#end - this.#ring.length);
  }

  /** A copy of bytes of the log, or `undefined` where they are no longer, or not yet, held. */
  read(position: number, length: number): Buffer | undefined {
    if (position < this.#start || position + length > this.#end) return undefined;
    const at = position % this.#ring.length;
    const untilWrap = Math.min(length, this.#ring.length - at);
    const bytes = Buffer.allocUnsafe(length);
    this.#ring.copy(bytes, 0, at, at + untilWrap);
    this.#ring.copy(bytes, untilWrap, 0, length - untilWrap);
    return bytes;
  }
}
