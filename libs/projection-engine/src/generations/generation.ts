import type { ClientBase, Pool } from 'pg';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';

/**
 * `building`: applies from the first event on, and nobody reads it. `active`: queries read it.
 * `standby`: was active and is kept for a way back. `retired`: its tables are gone.
 */
export type GenerationState = 'building' | 'active' | 'standby' | 'retired';

/** What the rows of a generation are a function of besides the events. */
export interface Derivation {
  /** Differs where the rows may differ. */
  readonly digest: string;
  /** JSON of what another process needs to derive them in the same way. */
  readonly recipe: string;
}

/** One build of a group's tables. */
export interface Generation extends GenerationKey {
  readonly state: GenerationState;
  readonly derivation: Derivation;
  /** Where its tables are; of one that is retired, where they were. */
  readonly schemas: readonly string[];
  /** Becomes the active one as soon as it has caught up. */
  readonly switchesByItself: boolean;
  readonly createdAt: Date;
  /** When it last became active or ceased to be. */
  readonly switchedAt: Date | undefined;
}

interface GenerationRow {
  readonly group_name: string;
  readonly generation: number;
  readonly state: GenerationState;
  readonly derivation: string;
  readonly recipe: string;
  readonly schemas: readonly string[];
  readonly switches_by_itself: boolean;
  readonly created_at: Date;
  readonly switched_at: Date | null;
}

/** All generations of a group, in the order of their numbers. The engine's tables must be there. */
export async function readGenerations(
  queryable: ClientBase | Pool,
  groupName: string,
): Promise<readonly Generation[]> {
  const { rows } = await queryable.query<GenerationRow>(
    `SELECT * FROM ${engineSchema}.generation WHERE group_name = $1 ORDER BY generation`,
    [groupName],
  );
  return rows.map((row) => ({
    groupName: row.group_name,
    generation: row.generation,
    state: row.state,
    derivation: { digest: row.derivation, recipe: row.recipe },
    schemas: row.schemas,
    switchesByItself: row.switches_by_itself,
    createdAt: row.created_at,
    switchedAt: row.switched_at ?? undefined,
  }));
}

/** The generation that queries read; undefined before the group's tables were ever made. */
export async function readActiveGeneration(
  queryable: ClientBase | Pool,
  groupName: string,
): Promise<Generation | undefined> {
  const generations = await readGenerations(queryable, groupName);
  return generations.find(({ state }) => state === 'active');
}
