import canonicalizeModule from 'canonicalize';

// The package is CommonJS without a call signature that TypeScript sees through its default export.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** Any value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The one byte sequence of a JSON value: RFC 8785 (JSON Canonicalization Scheme).
 *
 * Digests, event ids and Merkle leaves are taken over these bytes, because the store gives back
 * parsed JSON and not the bytes that were written. Members that are `undefined` are left out.
 *
 * @throws Error when the value holds something JSON cannot carry (a function, NaN, a bigint).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('A value without a JSON form has no canonical bytes.');
  return text;
}
