import type { Random } from '../fixtures/random.js';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

type Change =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly size: number };

/** Bytes that grow like a file's. */
class Image {
  #bytes = Buffer.alloc(4_096);
  size = 0;

  apply(change: Change): void {
    if (change.kind === 'truncate') {
      this.#reserve(change.size);
      if (change.size < this.size) this.#bytes.fill(0, change.size, this.size);
      this.size = change.size;
      return;
    }
    const end = change.position + change.bytes.length;
    this.#reserve(end);
    change.bytes.copy(this.#bytes, change.position);
    this.size = Math.max(this.size, end);
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.size);
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(size, this.#bytes.length * 2));
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

/** One file of a {@link SimulatedDisk}: what programs see, and what the disk would still know. */
export class SimulatedFile {
  #seen = new Image();
  #durable = new Image();
  /** Changes that were made and are not durable, oldest first. */
  #pending: Change[] = [];

  get size(): number {
    return this.#seen.size;
  }

  contents(): Buffer {
    return Buffer.from(this.#seen.bytes);
  }

  read(into: Uint8Array, position: number): number {
    const part = this.#seen.bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  }

  write(bytes: Uint8Array, position: number): void {
    this.#change({ kind: 'write', position, bytes: Buffer.from(bytes) });
  }

  truncate(size: number): void {
    this.#change({ kind: 'truncate', size });
  }

  /** The changes that a sync which begins now is about. */
  beginSync(): readonly Change[] {
    return [...this.#pending];
  }

  makeDurable(changes: readonly Change[]): void {
    for (const change of changes) this.#durable.apply(change);
    this.forget(changes);
  }

  /** A failed sync leaves the changes in memory, marked as if they had been written. */
  forget(changes: readonly Change[]): void {
    this.#pending = this.#pending.filter((change) => !changes.includes(change));
  }

  /** Loses the memory: of what was not durable, any sector may have reached the disk. */
  crash(random: Random): void {
    for (const change of this.#pending) {
      for (const part of sectors(change)) if (random.chance(0.5)) this.#durable.apply(part);
    }
    this.#pending = [];
    this.#seen = new Image();
    this.#seen.apply({ kind: 'write', position: 0, bytes: Buffer.from(this.#durable.bytes) });
  }

  damage(offset: number, mask: number): void {
    for (const image of [this.#seen, this.#durable]) {
      const byte = image.bytes[offset];
      if (byte === undefined) throw new Error(`The file has no byte ${offset}.`);
      image.bytes[offset] = byte ^ mask;
    }
  }

  copy(): SimulatedFile {
    const file = new SimulatedFile();
    const whole: Change = { kind: 'write', position: 0, bytes: this.contents() };
    file.#seen.apply(whole);
    file.#durable.apply(whole);
    return file;
  }

  #change(change: Change): void {
    this.#seen.apply(change);
    this.#pending.push(change);
  }
}

function sectors(change: Change): readonly Change[] {
  if (change.kind === 'truncate') return [change];
  const parts: Change[] = [];
  let start = 0;
  while (start < change.bytes.length) {
    const room = SECTOR_BYTES - ((change.position + start) % SECTOR_BYTES);
    const bytes = change.bytes.subarray(start, start + room);
    parts.push({ kind: 'write', position: change.position + start, bytes });
    start += bytes.length;
  }
  return parts;
}
