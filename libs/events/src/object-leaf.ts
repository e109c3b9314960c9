import { parseLeaf } from '#kernel';
import type { Category } from './event-definition.js';

/** A registered key of a reporting or issuing account. */
export const accountPattern = /^[a-z0-9][a-z0-9_.]{0,62}$/;

/** The categories whose ids are scoped by the account that issued them; the others are ledger-wide. */
export const accountScoped: readonly Category[] = ['order', 'payment', 'shipment', 'return'];

const ledgerWide: readonly Category[] = ['item', 'inventory'];

/** The leaf of a thing the catalogue knows, taken apart. */
export interface ObjectLeaf {
  readonly category: Category;
  /** Two raw ids, or undefined where the leaf was shortened and they cannot be read back. */
  readonly parts: readonly string[] | undefined;
}

/**
 * Takes the leaf of an order, payment, shipment, return, item or inventory apart. Returns undefined
 * where the text is no leaf, names no such thing, or could have been made from no pair of ids.
 */
export function readObjectLeaf(leaf: string): ObjectLeaf | undefined {
  const parsed = parseLeaf(leaf);
  if (!parsed) return undefined;
  const category = [...accountScoped, ...ledgerWide].find((known) => known === parsed.category);
  if (category === undefined) return undefined;
  if (parsed.parts !== undefined && parsed.parts.length !== 2) return undefined;
  if (accountScoped.includes(category) && !accountPattern.test(issuingAccountOf(leaf))) {
    return undefined;
  }
  return { category, parts: parsed.parts };
}

/** The account that issued the id in the leaf of an order, payment, shipment or return. */
export function issuingAccountOf(leaf: string): string {
  const id = leaf.slice(leaf.indexOf('-') + 1);
  return id.slice(0, id.indexOf(':'));
}
