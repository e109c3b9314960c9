import { leafOf, parseLeaf } from '#kernel';
import { ProblemError } from '../problems/problem.js';
import { readableText } from '../requests/readable-text.js';

/** The leaf of an order from what stands in the address: a leaf, or with its account a raw id. */
export function orderLeafOf(id: string, account: string | undefined): string {
  if (account !== undefined) return leafOf('order', [account, readableText(id, 'id')]);
  if (parseLeaf(id)?.category === 'order') return id;
  throw new ProblemError({
    code: 'account_required',
    detail: 'The id is no leaf of an order, and no account is given.',
    field: 'account',
  });
}
