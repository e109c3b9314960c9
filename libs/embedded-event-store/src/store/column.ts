/*
 * Columns of numbers outside the JavaScript heap: an index of millions of events costs the garbage
 * collector nothing.
 */
const INITIAL_LENGTH = 1_024;

/** A growing column of whole numbers below 2^53. */
export class NumberColumn {
  #values = new Float64Array(INITIAL_LENGTH);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[checked(index, this.length)] ?? 0;
  }
}

/** A growing column of whole numbers below 2^32. */
export class SmallNumberColumn {
  #values = new Uint32Array(INITIAL_LENGTH);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[checked(index, this.length)] ?? 0;
  }
}

/** A growing column of sixteen bytes each. */
export class IdColumn {
  #bytes = Buffer.alloc(INITIAL_LENGTH * 16);
  length = 0;

  push(id: Buffer): void {
    if (this.length * 16 === this.#bytes.length) {
      const grown = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    id.copy(this.#bytes, this.length * 16);
    this.length += 1;
  }

  equals(index: number, id: Buffer): boolean {
    const start = checked(index, this.length) * 16;
    return this.#bytes.compare(id, 0, 16, start, start + 16) === 0;
  }
}

function checked(index: number, length: number): number {
  if (index < 0 || index >= length) {
    throw new RangeError(`row ${index} is outside a column of ${length}`);
  }
  return index;
}
