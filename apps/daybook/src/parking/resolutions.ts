import type { ClientBase, Pool } from 'pg';
import type { SkippedEvents } from '#projection-engine';

/** A decision about an event that cannot be applied. */
export interface Resolution {
  readonly eventId: string;
  /** `skip`: no build of the read models applies it. */
  readonly decision: 'skip';
  readonly reason: string;
  readonly decidedBy: string;
  readonly leaf: string;
  readonly revision: number;
  /** The key it was parked under when it was decided about. */
  readonly key: string;
  /** RFC 3339. */
  readonly decidedAt: string;
}

const columns = `event_id AS "eventId", decision, reason, decided_by AS "decidedBy", leaf,
  revision::float8 AS revision, key,
  to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "decidedAt"`;

/** What the projector leaves out: read in its own transaction, so that it sees what was decided. */
export const readSkippedEvents: SkippedEvents = async (client) => {
  const { rows } = await client.query<{ event_id: string }>(
    "SELECT event_id FROM kept.parked_resolution WHERE decision = 'skip'",
  );
  return new Set(rows.map(({ event_id: eventId }) => eventId));
};

/** Every decision, the latest first. */
export async function listResolutions(
  queryable: ClientBase | Pool,
  rowsMax: number,
): Promise<readonly Resolution[]> {
  const { rows } = await queryable.query<Resolution>(
    `SELECT ${columns} FROM kept.parked_resolution ORDER BY decided_at DESC, event_id LIMIT $1`,
    [rowsMax],
  );
  return rows;
}

/** Records a decision; the first about an event stands, and is what a repeat is answered. */
export async function recordResolution(
  pool: Pool,
  resolution: Omit<Resolution, 'decidedAt'>,
): Promise<Resolution> {
  const { eventId, decision, reason, decidedBy, leaf, revision, key } = resolution;
  await pool.query(
    `INSERT INTO kept.parked_resolution (event_id, decision, reason, decided_by, leaf, revision, key)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (event_id) DO NOTHING`,
    [eventId, decision, reason, decidedBy, leaf, revision, key],
  );
  const kept = await readResolution(pool, eventId);
  if (kept === undefined) throw new Error(`The decision about ${eventId} was not kept.`);
  return kept;
}

/** What was decided about an event; undefined where nothing was. */
export async function readResolution(pool: Pool, eventId: string): Promise<Resolution | undefined> {
  const { rows } = await pool.query<Resolution>(
    `SELECT ${columns} FROM kept.parked_resolution WHERE event_id = $1`,
    [eventId],
  );
  return rows[0];
}
