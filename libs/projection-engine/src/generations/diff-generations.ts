import type { ClientBase, Pool } from 'pg';
import type { GroupTables } from '../postgres/tables.js';
import { readAtOneSequence } from './at-one-sequence.js';
import { diffTable, type RowDifference, type TableDifference } from './diff-table.js';
import { readGenerations } from './generation.js';
import { type GenerationRefused, refused, unknownGeneration } from './refusal.js';
import { readStoredTables } from './stored-tables.js';

export interface DiffOptions {
  readonly pool: Pool;
  /** Tells which columns depend on arrival; those are not compared. */
  readonly group: GroupTables;
  readonly first: number;
  readonly second: number;
  /** How many differing rows are listed; all are counted. */
  readonly differencesMax: number;
  /** How long the two may take to hold the same events. */
  readonly waitMilliseconds: number;
}

/** Two generations that hold the same events, compared row by row. */
export interface GenerationsDiff {
  readonly outcome: 'equal' | 'different';
  readonly first: number;
  readonly second: number;
  /** How many events both held. */
  readonly sequence: number;
  readonly tables: readonly TableDifference[];
  /** Tables that only one of the two has; they are not compared. */
  readonly unsharedTables: readonly string[];
  readonly differencesTotal: number;
  readonly differences: readonly RowDifference[];
}

/** Compares all tables of two generations in one snapshot in which both hold the same events. */
export async function diffGenerations(
  options: DiffOptions,
): Promise<GenerationsDiff | GenerationRefused> {
  const { pool, group, first, second } = options;
  const known = (await readGenerations(pool, group.name)).filter(
    ({ state }) => state !== 'retired',
  );
  const [one, other] = [first, second].map((number) =>
    known.find(({ generation }) => generation === number),
  );
  if (one === undefined) return unknownGeneration(group.name, first);
  if (other === undefined) return unknownGeneration(group.name, second);
  const met = await readAtOneSequence(pool, [one, other], options.waitMilliseconds, (snapshot) =>
    compare(snapshot, options, one.schemas, other.schemas),
  );
  if (met.outcome === 'read') return { ...met.result, first, second, sequence: met.sequence };
  const [here, there] = met.sequences;
  return refused(
    'generation_not_caught_up',
    `Generation ${first} holds ${here} events and generation ${second} ${there}: only where both ` +
      'hold the same events can they be compared. Wait until both have caught up, and try again.',
  );
}

type Compared = Omit<GenerationsDiff, 'first' | 'second' | 'sequence'>;

async function compare(
  snapshot: ClientBase,
  { group, differencesMax }: DiffOptions,
  firstSchemas: readonly string[],
  secondSchemas: readonly string[],
): Promise<Compared> {
  const [inFirst, inSecond] = [
    await readStoredTables(snapshot, firstSchemas),
    await readStoredTables(snapshot, secondSchemas),
  ];
  const tables: TableDifference[] = [];
  const differences: RowDifference[] = [];
  for (const [name, table] of inFirst) {
    const counterpart = inSecond.get(name);
    if (counterpart === undefined) continue;
    const room = differencesMax - differences.length;
    const excluded = arrivalColumns(group, name);
    const found = await diffTable(snapshot, table, counterpart, excluded, room);
    tables.push(found.totals);
    differences.push(...found.differences);
  }
  const unsharedTables = [...inFirst.keys(), ...inSecond.keys()].filter(
    (name) => !inFirst.has(name) || !inSecond.has(name),
  );
  const differencesTotal = tables.reduce(
    (sum, table) => sum + table.onlyInFirst + table.onlyInSecond + table.differing,
    0,
  );
  const isEqual =
    differencesTotal === 0 &&
    unsharedTables.length === 0 &&
    tables.every(({ unsharedColumns }) => unsharedColumns.length === 0);
  return {
    outcome: isEqual ? 'equal' : 'different',
    tables,
    unsharedTables,
    differencesTotal,
    differences,
  };
}

function arrivalColumns({ projections }: GroupTables, name: string): ReadonlySet<string> {
  const tables = projections.flatMap((projection) => projection.tables);
  const columns = tables.filter((table) => table.name === name).flatMap((table) => table.columns);
  return new Set(columns.filter(({ arrival }) => arrival === true).map((column) => column.name));
}
