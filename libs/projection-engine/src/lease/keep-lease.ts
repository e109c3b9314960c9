import type { ClientBase, Pool } from 'pg';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';
import { releasedChannel, renewing } from './lease-table.js';

/** A lease as its holder knows it. */
export interface HeldLease extends GenerationKey {
  readonly holder: string;
  readonly epoch: number;
}

/** @returns false where the lease is not this holder's any more */
export async function renewLease(queryable: ClientBase | Pool, lease: HeldLease): Promise<boolean> {
  const { rowCount } = await queryable.query(`${renewing} AND holder = $3 AND epoch = $4`, [
    lease.groupName,
    lease.generation,
    lease.holder,
    lease.epoch,
  ]);
  return rowCount === 1;
}

/** Gives a lease back at once, and tells those who wait for it; nothing happens where it is lost. */
export async function releaseLease(queryable: ClientBase | Pool, lease: HeldLease): Promise<void> {
  await queryable.query(
    `WITH released AS (
       UPDATE ${engineSchema}.lease SET expires_at = '-infinity'
       WHERE group_name = $1 AND generation = $2 AND holder = $3 AND epoch = $4
       RETURNING group_name)
     SELECT pg_notify('${releasedChannel}', group_name) FROM released`,
    [lease.groupName, lease.generation, lease.holder, lease.epoch],
  );
}
