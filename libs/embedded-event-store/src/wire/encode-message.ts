import { fieldLength, varintLength, WireWriter } from './wire-writer.js';

/** A field number below 16 and its value: a number, a text, or bytes (a nested message among them). */
export type Field = readonly [field: number, value: number | bigint | string | Buffer];

/** The message without fields. */
export const EMPTY_MESSAGE: Buffer = Buffer.alloc(0);

/** Encodes a small message; what is sent once an event has an encoder of its own. */
export function encodeMessage(...fields: readonly Field[]): Buffer {
  let length = 0;
  for (const [, value] of fields) length += lengthOf(value);
  const writer = new WireWriter(Buffer.allocUnsafe(length));
  for (const [field, value] of fields) writeField(writer, field, value);
  return writer.bytes;
}

/** Bytes of a field with this value, its tag included. */
function lengthOf(value: Field[1]): number {
  switch (typeof value) {
    case 'number':
      return 1 + varintLength(value);
    case 'bigint':
      return 1 + varint64Length(value);
    case 'string':
      return fieldLength(Buffer.byteLength(value, 'utf8'));
    default:
      return fieldLength(value.length);
  }
}

function writeField(writer: WireWriter, field: number, value: Field[1]): void {
  switch (typeof value) {
    case 'number':
      writer.numberField(field, value);
      return;
    case 'bigint':
      writer.wideNumberField(field, value);
      return;
    case 'string':
      writer.textField(field, value);
      return;
    default:
      writer.bytesField(field, value);
  }
}

function varint64Length(value: bigint): number {
  let length = 1;
  for (let rest = value; rest >= 128n; rest >>= 7n) length += 1;
  return length;
}
