import type { Category } from '#events';
import { leafOf, parseLeaf } from '#kernel';
import { ProblemError } from '../problems/problem.js';
import { readableText } from './readable-text.js';

/** The leaf of a thing from what stands in the address: a leaf, or with its account a raw id. */
export function thingLeafOf(category: Category, id: string, account: string | undefined): string {
  if (account !== undefined) return leafOf(category, [account, readableText(id, 'id')]);
  if (parseLeaf(id)?.category === category) return id;
  throw new ProblemError({
    code: 'account_required',
    detail: `The id is no leaf such as ${category}-account:1001. Give one, or with account the account that issued the id.`,
    field: 'account',
  });
}
