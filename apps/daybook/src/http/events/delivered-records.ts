import { createHash } from 'node:crypto';
import { accountPattern, identifierCharactersMax } from '#events';
import { canonicalJson, isWellFormedText } from '#kernel';
import { parseJsonBytes } from '../requests/json-text.js';
import {
  eventBodyBytesMax,
  keptPrefixBytesMax,
  type RequestBody,
} from '../requests/request-body.js';

/** The most events of one batch. */
export const batchEventsMax = 500;
/** The source of bytes that do not name theirs. */
export const unidentifiedSource = 'unidentified';

/** One record of a delivery that is JSON, with its own bytes. */
export interface DeliveredRecord {
  /** As they came; for a record of a batch, its canonical JSON text (RFC 8785). */
  readonly rawBody: Buffer;
  readonly value: unknown;
}

/** Bytes that cannot be looked at as records; what is kept of them goes to the quarantine. */
export interface RefusedBody {
  readonly outcome: 'refused';
  readonly code: 'body_not_json' | 'body_nested_too_deep' | 'body_too_large' | 'batch_too_long';
  readonly message: string;
  readonly kept: Buffer;
}

export type Delivered =
  | { readonly outcome: 'single'; readonly record: DeliveredRecord }
  | { readonly outcome: 'batch'; readonly records: readonly DeliveredRecord[] }
  | RefusedBody;

/** Splits a body at its records' borders: an object is one record, an array a batch. */
export function readDelivered(body: RequestBody): Delivered {
  if (body.outcome === 'too_large') {
    return tooLarge(body.prefix, `${body.bytesRead} bytes or more`, body.digest);
  }
  const { bytes } = body;
  const parsed = parseJsonBytes(bytes);
  if (parsed.outcome === 'refused') {
    const { code, message } = parsed;
    return { outcome: 'refused', code, message, kept: bytes.subarray(0, eventBodyBytesMax) };
  }
  const { value } = parsed;
  if (!Array.isArray(value)) {
    return bytes.length > eventBodyBytesMax
      ? tooLarge(bytes, `${bytes.length} bytes`, digestOf(bytes))
      : { outcome: 'single', record: { rawBody: bytes, value } };
  }
  if (value.length > batchEventsMax) {
    const message = `The batch has ${value.length} events; a request may bring ${batchEventsMax}. ${keptWords(digestOf(bytes))}`;
    const kept = bytes.subarray(0, keptPrefixBytesMax);
    return { outcome: 'refused', code: 'batch_too_long', message, kept };
  }
  return { outcome: 'batch', records: value.map(recordOf) };
}

function recordOf(value: unknown): DeliveredRecord {
  return { rawBody: Buffer.from(canonicalJson(value), 'utf8'), value };
}

/** A record of a batch that is larger than an event may be, or undefined where it is not. */
export function oversizedRecord({ rawBody }: DeliveredRecord): RefusedBody | undefined {
  return rawBody.length > eventBodyBytesMax
    ? tooLarge(rawBody, `${rawBody.length} bytes`, digestOf(rawBody))
    : undefined;
}

function tooLarge(bytes: Buffer, size: string, digest: string): RefusedBody {
  return {
    outcome: 'refused',
    code: 'body_too_large',
    message: `The body has ${size}; an event may have ${eventBodyBytesMax}. ${keptWords(digest)}`,
    kept: bytes.subarray(0, keptPrefixBytesMax),
  };
}

function keptWords(digest: string): string {
  return `Its first ${keptPrefixBytesMax} bytes are kept; all of it has the SHA-256 ${digest}.`;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Who sent a record and under which id, as far as it says so in a form that can be kept. */
export function identityOf(value: unknown): {
  readonly source: string;
  readonly deliveryId: string | null;
} {
  const { source, id } = isObject(value) ? value : {};
  const isSource = typeof source === 'string' && accountPattern.test(source);
  const isId = typeof id === 'string' && id !== '' && id.length <= identifierCharactersMax;
  return {
    source: isSource ? source : unidentifiedSource,
    deliveryId: isId && isWellFormedText(id) ? id : null,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
