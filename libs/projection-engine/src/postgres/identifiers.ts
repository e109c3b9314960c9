import type { Column } from '../contract.js';
import type { TablePlan } from '../fold/table-plan.js';

/** A name as SQL quotes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Schema and table as SQL names them. */
export function qualified(plan: TablePlan): string {
  return `${quoted(plan.schema)}.${quoted(plan.table.name)}`;
}

/** A set of rows in PostgreSQL, as the statements that write it need it. */
export interface Target {
  readonly name: string;
  readonly columns: readonly Column[];
}

export const engineSchema = 'projection_engine';

/** One build of a group's tables; everything the engine keeps is kept by it. */
export interface GenerationKey {
  readonly groupName: string;
  readonly generation: number;
}

export const homeTarget: Target = {
  name: `${engineSchema}.home`,
  columns: [
    { name: 'group_name', type: 'text' },
    { name: 'generation', type: 'integer' },
    { name: 'home', type: 'text' },
    { name: 'events', type: 'text' },
  ],
};

export const reachTarget: Target = {
  name: `${engineSchema}.reach`,
  columns: [
    { name: 'group_name', type: 'text' },
    { name: 'generation', type: 'integer' },
    { name: 'kind', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'home', type: 'text' },
  ],
};
