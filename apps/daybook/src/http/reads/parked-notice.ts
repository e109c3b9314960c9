import type { ClientBase } from 'pg';
import { leafOf } from '#kernel';
import {
  type AsOf,
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
  /** Where it stands; null before the first event, and for the past. */
  readonly position: string | null;
  /** How much of it is parked, and so in no sum. */
  readonly parked: ParkedTotals;
}

/** What is parked of an order, of its past what already was by then. */
export async function parkedOfOrder(
  client: ClientBase,
  groupName: string,
  leaf: string,
  asOf?: AsOf,
): Promise<ParkedNotice | null> {
  return byThen(await readParkedNotice(client, { groupName }, [leaf]), asOf);
}

/** What is parked for longest comes first: where that came later, all did. */
function byThen(notice: ParkedNotice | null, asOf: AsOf | undefined): ParkedNotice | null {
  return asOf && notice && notice.sinceSequence > asOf.sequence ? null : notice;
}

/** What is parked of an item, at any node; a name too long for its stream is found by its nodes. */
export async function parkedOfStock(
  client: ClientBase,
  groupName: string,
  sku: string,
  nodes: readonly string[],
  asOf?: AsOf,
): Promise<ParkedNotice | null> {
  const leaves = nodes.map((node) => leafOf('inventory', [sku, node]));
  const prefix = `${leafOf('inventory', [sku])}:`;
  return byThen(await readParkedNotice(client, { groupName }, leaves, prefix), asOf);
}

/** Where the read models stand in the caller's snapshot, or stood. */
export async function standingOf(
  client: ClientBase,
  groupName: string,
  tokens: PositionTokens,
  asOf?: AsOf,
): Promise<Standing> {
  if (asOf) return { sequence: asOf.sequence + 1, position: null, parked: asOf.parked };
  const checkpoint = await readCheckpoint(client, groupName);
  return {
    sequence: checkpoint?.sequence ?? 0,
    position: checkpoint?.position === undefined ? null : tokens.write(checkpoint.position),
    parked: await readParkedCounts(client, { groupName }),
  };
}
