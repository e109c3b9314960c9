import { engineSchema } from '../postgres/identifiers.js';

/**
 * The lease has a row of its own beside the checkpoint, whose row a batch locks for as long as it
 * writes: a renewal must not wait for that. Whoever locks both locks the checkpoint first.
 */
export const createLeaseTable = `CREATE TABLE IF NOT EXISTS ${engineSchema}.lease (
  group_name text COLLATE "C" NOT NULL,
  generation integer NOT NULL,
  epoch bigint NOT NULL,
  holder text COLLATE "C" NOT NULL,
  backend_pid integer NOT NULL,
  backend_started_at timestamptz NOT NULL,
  lease_milliseconds integer NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (group_name, generation)
)`;

/** The channel on which a lease that was given back is announced. */
export const releasedChannel = 'projection_engine_released';

/** Renews a group's lease ($1, $2) from now on, by PostgreSQL's clock: those of processes may differ. */
export const renewing = `UPDATE ${engineSchema}.lease
  SET expires_at = clock_timestamp() + lease_milliseconds * interval '1 millisecond'
  WHERE group_name = $1 AND generation = $2`;
