/** Any value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The one byte sequence of a JSON value: RFC 8785 (JSON Canonicalization Scheme).
 *
 * Digests, event ids and Merkle leaves are taken over these bytes, because the store gives back
 * parsed JSON and not the bytes that were written. Members that are `undefined` are left out.
 *
 * Written by hand, since every event of a ledger goes through it whenever the ledger is verified;
 * its specification holds it against the library it replaced.
 *
 * @throws Error when the value holds something JSON cannot carry (a function, NaN, a bigint).
 */
export function canonicalJson(value: unknown): string {
  const text = textOf(value);
  if (text === undefined) throw new Error('A value without a JSON form has no canonical bytes.');
  return text;
}

/** Undefined for what JSON leaves out of an object. */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`The number ${value} has no JSON form.`);
      // ECMAScript writes numbers as RFC 8785 demands it.
      return JSON.stringify(value);
    case 'object':
      return objectText(value);
    case 'bigint':
      throw new Error('A bigint has no JSON form.');
    default:
      return undefined;
  }
}

function objectText(value: object | null): string | undefined {
  if (value === null) return 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return textOf(value.toJSON());
  if (Array.isArray(value)) return arrayText(value);
  let text = '';
  // Sorted as RFC 8785 demands it, by UTF-16 code units, which is how strings are compared.
  for (const name of Object.keys(value).sort()) {
    const member = textOf((value as Readonly<Record<string, unknown>>)[name]);
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${member}`;
  }
  return `{${text}}`;
}

function arrayText(values: readonly unknown[]): string {
  return `[${values.map((value) => textOf(value) ?? 'null').join(',')}]`;
}
