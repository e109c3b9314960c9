/*
 * Columns of numbers outside the JavaScript heap: an index of millions of events costs the garbage
 * collector nothing. They grow by whole chunks, so that growing copies nothing and wastes little.
 */
const CHUNK_ROWS_BITS = 16;
const CHUNK_ROWS = 2 ** CHUNK_ROWS_BITS;
const ROW_MASK = CHUNK_ROWS - 1;
const ID_BYTES = 16;

interface NumberChunk {
  [row: number]: number;
}

abstract class ChunkedColumn {
  readonly #chunks: NumberChunk[] = [];
  length = 0;

  protected abstract newChunk(rows: number): NumberChunk;

  push(value: number): void {
    const row = this.length & ROW_MASK;
    if (row === 0) this.#chunks.push(this.newChunk(CHUNK_ROWS));
    this.#chunk(this.length)[row] = value;
    this.length += 1;
  }

  at(index: number): number {
    checkRow(index, this.length);
    return this.#chunk(index)[index & ROW_MASK] ?? 0;
  }

  set(index: number, value: number): void {
    checkRow(index, this.length);
    this.#chunk(index)[index & ROW_MASK] = value;
  }

  #chunk(index: number): NumberChunk {
    const chunk = this.#chunks[index >>> CHUNK_ROWS_BITS];
    if (chunk === undefined) throw new RangeError(`a column has no row ${index}`);
    return chunk;
  }
}

/** A growing column of whole numbers below 2^53. */
export class NumberColumn extends ChunkedColumn {
  protected override newChunk(rows: number): NumberChunk {
    return new Float64Array(rows);
  }
}

/** A growing column of whole numbers below 2^32. */
export class SmallNumberColumn extends ChunkedColumn {
  protected override newChunk(rows: number): NumberChunk {
    return new Uint32Array(rows);
  }
}

/** A growing column of sixteen bytes each. */
export class IdColumn {
  readonly #chunks: Buffer[] = [];
  length = 0;

  /** Adds the sixteen bytes that begin at `from`. */
  push(bytes: Buffer, from = 0): void {
    const row = this.length & ROW_MASK;
    if (row === 0) this.#chunks.push(Buffer.alloc(CHUNK_ROWS * ID_BYTES));
    bytes.copy(this.#chunk(this.length), row * ID_BYTES, from, from + ID_BYTES);
    this.length += 1;
  }

  equals(index: number, id: Buffer): boolean {
    checkRow(index, this.length);
    const start = (index & ROW_MASK) * ID_BYTES;
    return this.#chunk(index).compare(id, 0, ID_BYTES, start, start + ID_BYTES) === 0;
  }

  copyTo(target: Buffer, at: number, index: number): void {
    checkRow(index, this.length);
    const start = (index & ROW_MASK) * ID_BYTES;
    this.#chunk(index).copy(target, at, start, start + ID_BYTES);
  }

  #chunk(index: number): Buffer {
    const chunk = this.#chunks[index >>> CHUNK_ROWS_BITS];
    if (chunk === undefined) throw new RangeError(`a column has no row ${index}`);
    return chunk;
  }
}

function checkRow(index: number, length: number): void {
  if (index < 0 || index >= length) {
    throw new RangeError(`row ${index} is outside a column of ${length}`);
  }
}
