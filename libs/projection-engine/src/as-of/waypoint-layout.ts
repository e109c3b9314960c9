import type { WaypointTerms } from '../contract.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { TablePlan } from '../fold/table-plan.js';
import { engineSchema } from '../postgres/identifiers.js';

export const defaultWaypointTerms: WaypointTerms = {
  everyEvents: 10_000,
  fineEvents: 500_000,
  coarseEvents: 128_000,
};

/** The tables a waypoint holds, and the rows it holds of each as a condition in SQL. */
export function waypointTablesOf<Event, View>({
  tables,
}: GroupPlan<Event, View>): readonly { readonly plan: TablePlan; readonly where: string }[] {
  return tables.flatMap((byName) =>
    [...byName.values()].flatMap((plan) => {
      const { waypointRows } = plan.table;
      if (waypointRows === undefined) return [];
      return [{ plan, where: waypointRows === 'all' ? 'true' : waypointRows.where }];
    }),
  );
}

/**
 * `events` is how many lie in front of a waypoint: its tables are as of the sequence before that.
 * Rows are kept by the thousand, which compresses well and has no limit but the disk's.
 */
export const waypointTableStatements = [
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.waypoint (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     events bigint NOT NULL,
     row_count bigint NOT NULL,
     PRIMARY KEY (group_name, generation, events)
   )`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.waypoint_rows (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     events bigint NOT NULL,
     table_name text COLLATE "C" NOT NULL,
     part integer NOT NULL,
     rows jsonb NOT NULL,
     PRIMARY KEY (group_name, generation, events, table_name, part),
     FOREIGN KEY (group_name, generation, events) REFERENCES ${engineSchema}.waypoint
       ON DELETE CASCADE
   )`,
];
