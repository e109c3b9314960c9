import { LENGTH_DELIMITED, VARINT } from './wire-reader.js';

/** Bytes that {@link WireWriter} needs for an unsigned number below 2^53. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

/** Bytes of a length-delimited field whose number is below 16, its tag included. */
export function fieldLength(contentLength: number): number {
  return 1 + varintLength(contentLength) + contentLength;
}

/**
 * Writes Protocol Buffers fields into memory of the right size that the caller gives: sizes are
 * computed first, so nothing is copied twice. Field numbers are below 16 (a tag of one byte).
 */
export class WireWriter {
  readonly bytes: Buffer;
  /** Where the next byte goes. */
  offset: number;

  constructor(bytes: Buffer, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /** Begins a nested message or a byte string of this length; its content follows. */
  beginField(field: number, length: number): void {
    this.bytes[this.offset++] = field * 8 + LENGTH_DELIMITED;
    this.#varint(length);
  }

  bytesField(field: number, content: Buffer): void {
    this.beginField(field, content.length);
    content.copy(this.bytes, this.offset);
    this.offset += content.length;
  }

  textField(field: number, text: string): void {
    this.beginField(field, Buffer.byteLength(text, 'utf8'));
    this.offset += this.bytes.write(text, this.offset, 'utf8');
  }

  numberField(field: number, value: number): void {
    this.bytes[this.offset++] = field * 8 + VARINT;
    this.#varint(value);
  }

  /** A field with an unsigned number of up to 64 bits. */
  wideNumberField(field: number, value: bigint): void {
    this.bytes[this.offset++] = field * 8 + VARINT;
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) this.bytes[this.offset++] = Number(rest & 0x7fn) + 128;
    this.bytes[this.offset++] = Number(rest);
  }

  /** A field with 2^63 − 1, which a double cannot hold. */
  largestRevisionField(field: number): void {
    this.bytes[this.offset++] = field * 8 + VARINT;
    this.bytes.fill(0xff, this.offset, this.offset + 8);
    this.bytes[this.offset + 8] = 0x7f;
    this.offset += 9;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.offset++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.offset++] = rest;
  }
}
