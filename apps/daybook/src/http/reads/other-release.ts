import { DatabaseError, type Pool } from 'pg';
import { readActiveGeneration } from '#projection-engine';
import { ProblemError } from '../problems/problem.js';

const undefinedTable = '42P01';
const undefinedColumn = '42703';

/**
 * What a failed read comes to. Where a generation is active and lacks a table or a column, another
 * release built it: it is read for as long as it holds what is asked for, and refused by name else.
 */
export async function readFailureOf(
  failure: unknown,
  pool: Pool,
  groupName: string,
): Promise<Error> {
  if (!(failure instanceof Error)) return new Error(String(failure));
  if (!(failure instanceof DatabaseError)) return failure;
  if (failure.code !== undefinedTable && failure.code !== undefinedColumn) return failure;
  const active = await readActiveGeneration(pool, groupName).catch(() => undefined);
  if (active === undefined) return failure;
  return new ProblemError({
    code: 'read_models_of_other_release',
    detail: `Generation ${active.generation} of the read models lacks what is read: ${failure.message}.`,
  });
}
