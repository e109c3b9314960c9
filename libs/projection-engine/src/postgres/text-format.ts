import type { Value } from '../contract.js';

/** A value as PostgreSQL reads it from text, or null. A list becomes an array literal. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? arrayLiteral(value) : String(value);
}

/** A one-dimensional array of text as PostgreSQL reads it: `{"a",NULL}`. */
export function arrayLiteral(items: readonly (string | null)[]): string {
  let literal = '{';
  for (const [index, item] of items.entries()) {
    if (index > 0) literal += ',';
    if (item === null) literal += 'NULL';
    else literal += `"${/["\\]/.test(item) ? item.replaceAll(/["\\]/g, String.raw`\$&`) : item}"`;
  }
  return `${literal}}`;
}

/** One row of `COPY … FROM STDIN` in text format. */
export function copyLine(values: readonly Value[]): string {
  return `${values.map(copyText).join('\t')}\n`;
}

function copyText(value: Value): string {
  const text = textOf(value);
  if (text === null) return String.raw`\N`;
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
