import { LENGTH_DELIMITED, VARINT } from './wire-reader.js';
import { varintLength, WireWriter } from './wire-writer.js';

/** A field number below 16 and its value: a number, a text, or bytes (a nested message among them). */
export type Field = readonly [field: number, value: number | bigint | string | Buffer];

/** The message without fields. */
export const EMPTY_MESSAGE: Buffer = Buffer.alloc(0);

/** Encodes a small message; what is sent once an event has an encoder of its own. */
export function encodeMessage(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.map(([field, value]) => encodeField(field, value)));
}

function encodeField(field: number, value: Field[1]): Buffer {
  if (typeof value === 'bigint') {
    return Buffer.concat([Buffer.from([field * 8 + VARINT]), encodeVarint64(value)]);
  }
  if (typeof value === 'number') {
    const writer = new WireWriter(Buffer.allocUnsafe(1 + varintLength(value)));
    writer.numberField(field, value);
    return writer.bytes;
  }
  const content = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const tag = Buffer.from([field * 8 + LENGTH_DELIMITED]);
  return Buffer.concat([tag, encodeVarint64(BigInt(content.length)), content]);
}

function encodeVarint64(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128n) {
    bytes.push(Number(rest % 128n) + 128);
    rest /= 128n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
