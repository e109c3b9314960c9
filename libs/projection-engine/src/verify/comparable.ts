import { canonicalJson } from '#kernel';
import type { Column, Value } from '../contract.js';
import type { TablePlan } from '../fold/table-plan.js';
import { quoted } from '../postgres/identifiers.js';

/** A value in the one form in which what was derived and what is stored can be compared. */
export type Comparable = string | null;

/** How a column is read so that {@link comparableOfStored} understands it. */
export function readColumn(column: Column): string {
  const name = quoted(column.name);
  return column.type === 'text[]' ? `to_jsonb(${name})::text` : `${name}::text`;
}

export function comparableOfStored(column: Column, text: string | null): Comparable {
  if (text === null) return null;
  if (column.type === 'text[]') return JSON.stringify(JSON.parse(text));
  if (column.type === 'jsonb') return canonicalJson(JSON.parse(text) as unknown);
  return column.type === 'numeric' ? withoutTrailingZeros(text) : text;
}

export function comparableOfDerived(column: Column, value: Value): Comparable {
  if (value === null) return null;
  if (column.type === 'text[]') return JSON.stringify(value);
  const text = String(value);
  if (column.type === 'jsonb') return canonicalJson(JSON.parse(text) as unknown);
  return column.type === 'numeric' ? withoutTrailingZeros(text) : text;
}

/** The primary key of a row in comparable form. */
export function comparableKey(plan: TablePlan, row: readonly Comparable[]): string {
  return JSON.stringify(plan.keyIndexes.map((index) => row[index]));
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
