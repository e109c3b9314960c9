/** Wire types of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/). */
export const VARINT = 0;
export const FIXED_64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED_32 = 5;

/** The bytes are not a Protocol Buffers message: they end inside a field or hold an unknown wire type. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

/**
 * Walks the fields of one message without copying: nested messages and byte strings come back as
 * views of the same memory.
 */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #offset: number;
  /** The field number and wire type that {@link nextField} found last. */
  field = 0;
  #wireType = VARINT;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#offset = 0;
    this.#end = bytes.length;
  }

  /** Moves to the next field; false at the end of the message. */
  nextField(): boolean {
    if (this.#offset >= this.#end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wireType = tag % 8;
    return true;
  }

  /** The field's unsigned value; exact up to 2^53 − 1, which every count and offset here stays below. */
  unsigned(): number {
    this.#expect(VARINT);
    return this.#varint();
  }

  /** The field's unsigned 64-bit value, exact. */
  unsigned64(): bigint {
    this.#expect(VARINT);
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new MalformedMessageError('a number is longer than ten bytes');
  }

  /** The field's bytes, as a view. */
  bytes(): Buffer {
    this.#expect(LENGTH_DELIMITED);
    const length = this.#varint();
    const start = this.#offset;
    this.#advance(length);
    return this.#bytes.subarray(start, this.#offset);
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  /** The field's nested message. */
  message(): WireReader {
    return new WireReader(this.bytes());
  }

  /** Passes over a field nobody asked for. */
  skip(): void {
    switch (this.#wireType) {
      case VARINT:
        this.#varint();
        return;
      case FIXED_64:
        this.#advance(8);
        return;
      case LENGTH_DELIMITED:
        this.#advance(this.#varint());
        return;
      case FIXED_32:
        this.#advance(4);
        return;
      default:
        throw new MalformedMessageError(`wire type ${this.#wireType} is not known`);
    }
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) {
      throw new MalformedMessageError(
        `field ${this.field} has wire type ${this.#wireType}, expected ${wireType}`,
      );
    }
  }

  #byte(): number {
    if (this.#offset >= this.#end) throw new MalformedMessageError('the message ends in a number');
    return this.#bytes[this.#offset++] ?? 0;
  }

  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new MalformedMessageError('a number is longer than ten bytes');
  }

  #advance(length: number): void {
    if (length > this.#end - this.#offset) {
      throw new MalformedMessageError('the message ends in a field');
    }
    this.#offset += length;
  }
}
