import { SmallNumberColumn } from './column.js';

/** Slots of a stream's first block; each further one has twice as many, up to the most. */
const FIRST_BLOCK_BITS = 1;
const LARGEST_BLOCK_BITS = 16;

/** A block begins with the place of the block before it. */
const LINK_SLOTS = 1;

/** How many slots a stream's first, second, … block has, and the revision it begins with. */
function blockBits(block: number): number {
  return Math.min(FIRST_BLOCK_BITS + block, LARGEST_BLOCK_BITS);
}

/** Blocks that grow before all further ones have the largest size. */
const GROWING_BLOCKS = LARGEST_BLOCK_BITS - FIRST_BLOCK_BITS;
const GROWING_SLOTS = 2 ** LARGEST_BLOCK_BITS - 2 ** FIRST_BLOCK_BITS;

/** The block a revision lies in, counted from the stream's first. */
function blockOf(revision: number): number {
  if (revision < GROWING_SLOTS) {
    return 31 - Math.clz32(revision + 2 ** FIRST_BLOCK_BITS) - FIRST_BLOCK_BITS;
  }
  return GROWING_BLOCKS + Math.floor((revision - GROWING_SLOTS) / 2 ** LARGEST_BLOCK_BITS);
}

/** The revision a block begins with. */
function firstRevisionOf(block: number): number {
  if (block <= GROWING_BLOCKS) return 2 ** (FIRST_BLOCK_BITS + block) - 2 ** FIRST_BLOCK_BITS;
  return GROWING_SLOTS + (block - GROWING_BLOCKS) * 2 ** LARGEST_BLOCK_BITS;
}

/**
 * Which events of `$all` are a stream's own, for every stream, in one column: a million streams of
 * five events cost a few words each and no object. A stream's sequences stand in blocks that double
 * in size, each linked to the one before, so that any revision is found in a few steps.
 */
export class StreamSequences {
  readonly #slots = new SmallNumberColumn();
  /** By stream: where its last block begins, and how many events it has. */
  readonly #lastBlocks = new SmallNumberColumn();
  readonly #lengths = new SmallNumberColumn();

  addStream(): void {
    this.#lastBlocks.push(0);
    this.#lengths.push(0);
  }

  lengthOf(stream: number): number {
    return this.#lengths.at(stream);
  }

  push(stream: number, sequence: number): void {
    const revision = this.#lengths.at(stream);
    const block = blockOf(revision);
    const inBlock = revision - firstRevisionOf(block);
    if (inBlock === 0) this.#addBlock(stream, block);
    this.#slots.set(this.#lastBlocks.at(stream) + LINK_SLOTS + inBlock, sequence);
    this.#lengths.set(stream, revision + 1);
  }

  /** The sequence of a stream's event, or `undefined` where it has no such revision. */
  at(stream: number, revision: number): number | undefined {
    const length = this.#lengths.at(stream);
    if (revision < 0 || revision >= length) return undefined;
    const block = blockOf(revision);
    let start = this.#lastBlocks.at(stream);
    for (let last = blockOf(length - 1); last > block; last -= 1) start = this.#slots.at(start);
    return this.#slots.at(start + LINK_SLOTS + revision - firstRevisionOf(block));
  }

  #addBlock(stream: number, block: number): void {
    const start = this.#slots.length;
    this.#slots.push(this.#lastBlocks.at(stream));
    for (let slot = 0; slot < 2 ** blockBits(block); slot += 1) this.#slots.push(0);
    this.#lastBlocks.set(stream, start);
  }
}

/** The events of one stream by revision: a view that follows the index as it grows. */
export class SequenceList {
  readonly #sequences: StreamSequences;
  readonly #stream: number;

  constructor(sequences: StreamSequences, stream: number) {
    this.#sequences = sequences;
    this.#stream = stream;
  }

  /** How many events the stream has, durable or not. */
  get length(): number {
    return this.#sequences.lengthOf(this.#stream);
  }

  /**
   * The place in `$all` of the event at this revision, or `undefined` where there is none; as with an
   * array, -1 is the last.
   */
  at(revision: number): number | undefined {
    const fromStart = revision < 0 ? this.length + revision : revision;
    return this.#sequences.at(this.#stream, fromStart);
  }

  /** The revision of the stream's event with this place in `$all`, or -1 where it is not its own. */
  revisionOf(sequence: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle) ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return this.at(low) === sequence ? low : -1;
  }
}
