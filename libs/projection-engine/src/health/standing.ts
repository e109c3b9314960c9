import type { StorePosition } from '#kernel';
import type { Pool } from 'pg';
import { parkedKeyTable } from '../parking/parked-layout.js';
import { engineSchema } from '../postgres/identifiers.js';

/** Where the generation that queries read stands, as the database says: whoever projects, and where. */
export interface GroupStanding {
  readonly generation: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly position: StorePosition | undefined;
  readonly appliedAt: Date;
  readonly parkedKeys: number;
  /**
   * For how long the lease still holds by PostgreSQL's clock, negative once it has expired; undefined
   * where nobody ever took it.
   */
  readonly leaseMilliseconds: number | undefined;
  /**
   * How many events the generation holds that is built to take this one's place by itself; undefined
   * where none is. Meanwhile this one may stand still: its rules may be another release's.
   */
  readonly replacementSequence: number | undefined;
}

interface StandingRow {
  readonly generation: number;
  readonly epoch: string;
  readonly sequence: string;
  readonly commit_position: string | null;
  readonly prepare_position: string | null;
  readonly applied_at: Date;
  readonly parked_keys: number;
  readonly lease_milliseconds: number | null;
  readonly replacement_sequence: string | null;
}

/** Reads where a group stands; undefined where its tables were never made. */
export async function readStanding(
  pool: Pool,
  groupName: string,
): Promise<GroupStanding | undefined> {
  const { rows } = await pool.query<StandingRow>({
    name: 'projection engine reads a standing',
    text: `SELECT checkpoint.generation, checkpoint.epoch, sequence, commit_position,
         prepare_position, applied_at,
         (SELECT count(*)::integer FROM ${parkedKeyTable} AS parked
          WHERE parked.group_name = checkpoint.group_name
            AND parked.generation = checkpoint.generation) AS parked_keys,
         (extract(epoch FROM lease.expires_at - clock_timestamp()) * 1000)::float8
           AS lease_milliseconds,
         (SELECT coalesce(sum(built.sequence), 0)
          FROM ${engineSchema}.generation AS replacing
          LEFT JOIN ${engineSchema}.checkpoint AS built USING (group_name, generation)
          WHERE replacing.group_name = $1 AND replacing.state = 'building'
            AND replacing.switches_by_itself HAVING count(*) > 0) AS replacement_sequence
       FROM ${engineSchema}.checkpoint
       JOIN ${engineSchema}.generation USING (group_name, generation)
       LEFT JOIN ${engineSchema}.lease USING (group_name, generation)
       WHERE checkpoint.group_name = $1 AND state = 'active'`,
    values: [groupName],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const { commit_position: commit, prepare_position: prepare } = row;
  return {
    generation: row.generation,
    epoch: Number(row.epoch),
    sequence: Number(row.sequence),
    position:
      commit === null || prepare === null
        ? undefined
        : { commit: BigInt(commit), prepare: BigInt(prepare) },
    appliedAt: row.applied_at,
    parkedKeys: row.parked_keys,
    leaseMilliseconds: row.lease_milliseconds ?? undefined,
    replacementSequence:
      row.replacement_sequence === null ? undefined : Number(row.replacement_sequence),
  };
}
