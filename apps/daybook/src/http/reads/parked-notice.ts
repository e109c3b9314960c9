import type { ClientBase } from 'pg';
import { leafOf } from '#kernel';
import {
  type ParkedNotice,
  type ParkedTotals,
  readCheckpoint,
  readParkedCounts,
  readParkedNotice,
} from '#projection-engine';
import type { PositionTokens } from './position-tokens.js';

/** What an answer says where some of its facts are parked and so not in it. */
export interface Parked {
  /** The key behind which they wait; null where nothing of this answer does. */
  readonly parked: ParkedNotice | null;
}

/** What a sum over many subjects says of where it stands. */
export interface Standing {
  /** How many ledger events lie up to its position, applied, parked or left out. */
  readonly sequence: number;
  /** Where it stands; null before the first event. */
  readonly position: string | null;
  /** How much of it is parked, and so in no sum. */
  readonly parked: ParkedTotals;
}

/** What is parked of an order. */
export function parkedOfOrder(
  client: ClientBase,
  groupName: string,
  leaf: string,
): Promise<ParkedNotice | null> {
  return readParkedNotice(client, { groupName }, [leaf]);
}

/** What is parked of an item, at any node; a name too long for its stream is found by its nodes. */
export function parkedOfStock(
  client: ClientBase,
  groupName: string,
  sku: string,
  nodes: readonly string[],
): Promise<ParkedNotice | null> {
  const leaves = nodes.map((node) => leafOf('inventory', [sku, node]));
  return readParkedNotice(client, { groupName }, leaves, `${leafOf('inventory', [sku])}:`);
}

/** Where the read models stand in the caller's snapshot. */
export async function standingOf(
  client: ClientBase,
  groupName: string,
  tokens: PositionTokens,
): Promise<Standing> {
  const checkpoint = await readCheckpoint(client, groupName);
  return {
    sequence: checkpoint?.sequence ?? 0,
    position: checkpoint?.position === undefined ? null : tokens.write(checkpoint.position),
    parked: await readParkedCounts(client, { groupName }),
  };
}
