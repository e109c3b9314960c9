import type { Pool } from 'pg';
import type { NamedEvent } from './audit-finding.js';

interface EntryRow {
  readonly leaf: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
}

/**
 * The event that the timeline was derived from at a sequence, or undefined where it holds none any
 * more: nothing is proven by it, but it tells what a missing event was.
 */
export async function namedByReadModels(
  pool: Pool,
  sequence: number,
): Promise<NamedEvent | undefined> {
  const known = await pool.query<{ exists: boolean }>(
    "SELECT to_regclass('order_timeline_v1.entry') IS NOT NULL AS exists",
  );
  if (known.rows[0]?.exists !== true) return undefined;
  const { rows } = await pool.query<EntryRow>(
    'SELECT leaf, revision, event_id, type FROM order_timeline_v1.entry WHERE sequence = $1 LIMIT 1',
    [sequence],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { leaf, revision, event_id: eventId, type } = row;
  return { leaf, revision: Number(revision), eventId, type };
}
