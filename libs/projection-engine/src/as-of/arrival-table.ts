import type { ClientBase } from 'pg';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';
import type { Statement } from '../postgres/statement-set.js';
import { arrayLiteral } from '../postgres/text-format.js';
import { type Arrivals, firstRecordedAfter, risesText } from './arrivals.js';

/** One row a batch: which homes it changed, and when its events were recorded. */
export const arrivalTableStatements = [
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.arrival (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     last_sequence bigint NOT NULL,
     first_sequence bigint NOT NULL,
     recorded_at_max text COLLATE "C" NOT NULL,
     rises text COLLATE "C" NOT NULL,
     homes text[] COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, last_sequence)
   )`,
  `CREATE INDEX IF NOT EXISTS arrival_by_recording ON ${engineSchema}.arrival
     (group_name, generation, recorded_at_max, last_sequence)`,
];

/**
 * Keeps what a batch changed, in its transaction. `recorded_at_max` covers all events before as well,
 * so that it grows with the sequence and an index finds the first batch behind an instant.
 *
 * Events that were parked and are applied later come once more, within the range of their batch.
 */
export function keepingArrivals(
  { groupName, generation }: GenerationKey,
  { firstSequence, lastSequence, recordedAtMax, rises }: Arrivals,
  changed: readonly { readonly home: string }[],
): Statement {
  return {
    name: 'projection engine keeps arrivals',
    text: `INSERT INTO ${engineSchema}.arrival AS kept
       (group_name, generation, last_sequence, first_sequence, recorded_at_max, rises, homes)
     SELECT $1, $2::integer, $3::bigint, $4::bigint, greatest($5::text, (
       SELECT recorded_at_max FROM ${engineSchema}.arrival
       WHERE group_name = $1 AND generation = $2 AND last_sequence < $3
       ORDER BY last_sequence DESC LIMIT 1)), $6, $7::text[]
     ON CONFLICT (group_name, generation, last_sequence) DO UPDATE
       SET first_sequence = least(kept.first_sequence, excluded.first_sequence),
           homes = kept.homes || excluded.homes`,
    values: [
      groupName,
      generation,
      lastSequence,
      firstSequence,
      recordedAtMax,
      risesText(rises),
      arrayLiteral(changed.map(({ home }) => home)),
    ],
  };
}

/**
 * The last sequence by which nothing was recorded after an instant: -1 where the first event already
 * was, undefined where no event was.
 */
export async function lastSequenceBy(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  instant: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ rises: string }>(
    `SELECT rises FROM ${engineSchema}.arrival
     WHERE group_name = $1 AND generation = $2 AND recorded_at_max > $3
     ORDER BY recorded_at_max, last_sequence LIMIT 1`,
    [groupName, generation, instant],
  );
  const [row] = rows;
  if (!row) return undefined;
  const first = firstRecordedAfter(row.rises, instant);
  if (first === undefined) throw new Error(`No batch of ${groupName} holds what it says it does.`);
  return first - 1;
}

/**
 * The homes that may have got a fact by the events of a range, both ends included; each once. Whole
 * batches are kept, so that there may be some that got none in it.
 *
 * @returns undefined where it was not kept for each of these events.
 */
export async function changedHomes(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  range: { readonly first: number; readonly last: number },
): Promise<readonly string[] | undefined> {
  const { rows } = await client.query<{ first: string; last: string; homes: string[] }>(
    `SELECT first_sequence AS first, last_sequence AS last, homes FROM ${engineSchema}.arrival
     WHERE group_name = $1 AND generation = $2 AND last_sequence >= $3 AND first_sequence <= $4
     ORDER BY last_sequence`,
    [groupName, generation, range.first, range.last],
  );
  const homes = new Set<string>();
  let next = range.first;
  for (const row of rows) {
    if (Number(row.first) <= next) next = Math.max(next, Number(row.last) + 1);
    for (const home of row.homes) homes.add(home);
  }
  return next > range.last ? [...homes] : undefined;
}
