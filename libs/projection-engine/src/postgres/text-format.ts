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

const copyEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** One row of `COPY … FROM STDIN` in text format. */
export function copyLine(values: readonly Value[]): string {
  let line = '';
  for (const [index, value] of values.entries()) {
    if (index > 0) line += '\t';
    const text = textOf(value);
    if (text === null) line += '\\N';
    else {
      line += /[\\\t\n\r]/.test(text)
        ? text.replaceAll(/[\\\t\n\r]/g, (found) => copyEscapes[found] ?? found)
        : text;
    }
  }
  return `${line}\n`;
}
