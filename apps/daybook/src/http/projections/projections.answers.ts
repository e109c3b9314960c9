import type { GenerationsDiff, RowDifference, TableDifference } from '#projection-engine';
import type { GenerationView } from '../../generations/generation-desk.js';
import {
  anyObject,
  flag,
  instant,
  listOf,
  number,
  objectOf,
  oneOf,
  orNull,
  text,
  whole,
} from '../documentation/answer-schema.js';

export const generationSchema = objectOf<GenerationView>({
  generation: whole,
  state: oneOf('building', 'active', 'standby', 'retired'),
  schemas: listOf(text),
  sequence: whole,
  of: whole,
  percent: number,
  eventsPerSecond: orNull(number),
  secondsLeft: orNull(number),
  appliedAt: orNull(instant),
  createdAt: instant,
  switchedAt: orNull(instant),
  switchesByItself: flag,
  rules: oneOf('here', 'another_release'),
  stopped: orNull(text),
});

export const generationsSchema = objectOf<{ readonly generations: readonly GenerationView[] }>({
  generations: listOf(generationSchema),
});

export const retiredSchema = objectOf<{ readonly retired: number }>({ retired: whole });

const tableDifference = objectOf<TableDifference>({
  table: text,
  rowsInFirst: whole,
  rowsInSecond: whole,
  onlyInFirst: whole,
  onlyInSecond: whole,
  differing: whole,
  unsharedColumns: listOf(text),
});

const rowDifference = objectOf<RowDifference>({
  table: text,
  kind: oneOf('only_in_first', 'only_in_second', 'differs'),
  primaryKey: anyObject,
  column: orNull(text),
  first: orNull(text),
  second: orNull(text),
});

export const generationsDiffSchema = objectOf<GenerationsDiff>({
  outcome: oneOf('equal', 'different'),
  first: whole,
  second: whole,
  sequence: whole,
  tables: listOf(tableDifference),
  unsharedTables: listOf(text),
  differencesTotal: whole,
  differences: listOf(rowDifference),
});
