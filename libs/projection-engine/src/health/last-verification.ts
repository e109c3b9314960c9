import type { Pool } from 'pg';
import { engineSchema } from '../postgres/identifiers.js';

/** What the last scheduled verification of the active generation came to. */
export interface LastVerification {
  readonly mode: 'sums' | 'full';
  /** `failed`: it could not be carried out. */
  readonly outcome: 'equal' | 'different' | 'refused' | 'failed';
  readonly finishedAt: Date;
  readonly seconds: number;
  /** How many events it read. */
  readonly events: number;
  /** What was found, in words; empty where nothing was. */
  readonly message: string;
}

export const verificationTable = `CREATE TABLE IF NOT EXISTS ${engineSchema}.verification (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     mode text COLLATE "C" NOT NULL,
     outcome text COLLATE "C" NOT NULL,
     finished_at timestamptz NOT NULL,
     seconds float8 NOT NULL,
     events bigint NOT NULL,
     message text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation)
   )`;

/** Keeps the result in place of the one before, for every process that serves the group. */
export async function keepVerification(
  pool: Pool,
  groupName: string,
  { mode, outcome, seconds, events, message }: Omit<LastVerification, 'finishedAt'>,
): Promise<void> {
  await pool.query(
    `INSERT INTO ${engineSchema}.verification
       (group_name, generation, mode, outcome, finished_at, seconds, events, message)
     SELECT group_name, generation, $2, $3, now(), $4, $5, $6
     FROM ${engineSchema}.generation WHERE group_name = $1 AND state = 'active'
     ON CONFLICT (group_name, generation) DO UPDATE SET
       mode = excluded.mode, outcome = excluded.outcome, finished_at = excluded.finished_at,
       seconds = excluded.seconds, events = excluded.events, message = excluded.message`,
    [groupName, mode, outcome, seconds, events, message],
  );
}

/** The last result of the generation that queries read; undefined where there was none yet. */
export async function readLastVerification(
  pool: Pool,
  groupName: string,
): Promise<LastVerification | undefined> {
  const { rows } = await pool.query<
    Omit<LastVerification, 'finishedAt' | 'events'> & { finished_at: Date; events: string }
  >(
    `SELECT mode, outcome, finished_at, seconds, events, message
     FROM ${engineSchema}.verification JOIN ${engineSchema}.generation USING (group_name, generation)
     WHERE group_name = $1 AND state = 'active'`,
    [groupName],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { finished_at: finishedAt, events, ...said } = row;
  return { ...said, finishedAt, events: Number(events) };
}
