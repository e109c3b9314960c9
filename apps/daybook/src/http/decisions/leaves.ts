import { readObjectLeaf } from '#events';
import { leafOf } from '#kernel';
import { ProblemError } from '../problems/problem.js';

/** The stream a decision is taken on, with the raw ids where the leaf no longer tells them. */
export interface DecisionPlace {
  readonly leaf: string;
  readonly objectParts?: readonly string[];
}

/** The stream of an item at a node, where stock is decided. */
export function inventoryPlaceOf(item: {
  readonly sku: string;
  readonly node: string;
}): DecisionPlace {
  const objectParts = [item.sku, item.node];
  const leaf = leafOf('inventory', objectParts);
  return readObjectLeaf(leaf)?.parts === undefined ? { leaf, objectParts } : { leaf };
}

/** The stream of an order, where credits and merges are decided. */
export function checkedOrderLeaf(order: string, field = 'order'): string {
  if (readObjectLeaf(order)?.category === 'order') return order;
  throw new ProblemError({
    code: 'leaf_invalid',
    detail: `${field} must be an order's leaf, such as order-shop:1001.`,
    field,
  });
}

/** The stream of a transfer, where it is settled what it lacks. */
export function checkedTransferLeaf(transfer: string): string {
  if (readObjectLeaf(transfer)?.category === 'transfer') return transfer;
  throw new ProblemError({
    code: 'leaf_invalid',
    detail: "transfer must be a transfer's leaf, such as transfer-erp:t1.",
    field: 'transfer',
  });
}
