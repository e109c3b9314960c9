import { parseLeaf } from '#kernel';
import { categories, type Category, isCategory } from './categories.js';

/** A registered key of a reporting or issuing account. */
export const accountPattern = /^[a-z0-9][a-z0-9_.]{0,62}$/;

/** The leaf of a thing the catalogue knows, taken apart. */
export interface ObjectLeaf {
  readonly category: Category;
  /** The raw ids, or undefined where the leaf was shortened and they cannot be read back. */
  readonly parts: readonly string[] | undefined;
}

/**
 * Takes the leaf of an order, a payment or any other thing that events name apart. Returns undefined
 * where the text is no leaf, names no such thing, or could have been made from no ids of its kind.
 */
export function readObjectLeaf(leaf: string): ObjectLeaf | undefined {
  const parsed = parseLeaf(leaf);
  if (!parsed || !isCategory(parsed.category)) return undefined;
  const { category } = parsed;
  const { scope, parts } = categories[category];
  if (scope === 'single') return undefined;
  if (parsed.parts !== undefined && parsed.parts.length !== parts.length) return undefined;
  if (scope === 'account' && !accountPattern.test(issuingAccountOf(leaf))) return undefined;
  return { category, parts: parsed.parts };
}

/** The account that issued the id in the leaf of a thing whose ids are scoped by account. */
export function issuingAccountOf(leaf: string): string {
  const id = leaf.slice(leaf.indexOf('-') + 1);
  return id.slice(0, id.indexOf(':'));
}
