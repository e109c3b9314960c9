import { categoryOf } from '#kernel';
import type { ClientBase } from 'pg';
import { addDigest } from '../run/applied-digest.js';
import { engineSchema, type GenerationKey } from './identifiers.js';
import type { Statement } from './statement-set.js';
import { arrayLiteral } from './text-format.js';

/** How many events there are of something, and the sum of their leaf digests modulo 2^256. */
export interface EventSum {
  readonly events: number;
  readonly digestSum: bigint;
}

export const noEvents: EventSum = { events: 0, digestSum: 0n };

/** What stands before the dash of a stream's name, and what was counted there. */
export type CategorySums = ReadonlyMap<string, EventSum>;

/** Counts events by the category of their stream. */
export class CategoryCount {
  readonly sums = new Map<string, EventSum>();

  add(leaf: string, digest: Uint8Array): void {
    const category = categoryOf(leaf);
    const { events, digestSum } = this.sums.get(category) ?? noEvents;
    this.sums.set(category, { events: events + 1, digestSum: addDigest(digestSum, digest) });
  }
}

const digestModulus = 2n ** 256n;

/** A digest sum takes 78 digits; two of them are added before the remainder is taken. */
export const categorySumTable = `CREATE TABLE IF NOT EXISTS ${engineSchema}.category_sum (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     category text COLLATE "C" NOT NULL,
     events bigint NOT NULL,
     digest_sum numeric(78) NOT NULL,
     PRIMARY KEY (group_name, generation, category)
   )`;

/** Adds what a batch applied, within its transaction: one statement however many categories. */
export function addingToCategorySums(
  { groupName, generation }: GenerationKey,
  applied: CategorySums,
): Statement {
  const categories = [...applied];
  return {
    name: 'projection engine adds to category sums',
    text: `INSERT INTO ${engineSchema}.category_sum AS held
         (group_name, generation, category, events, digest_sum)
       SELECT $1, $2::integer, given.category, given.events, given.digest_sum
       FROM unnest($3::text[], $4::bigint[], $5::numeric[]) AS given (category, events, digest_sum)
       ON CONFLICT (group_name, generation, category) DO UPDATE SET
         events = held.events + excluded.events,
         digest_sum = mod(held.digest_sum + excluded.digest_sum, ${digestModulus})`,
    values: [
      groupName,
      generation,
      arrayLiteral(categories.map(([category]) => category)),
      arrayLiteral(categories.map(([, { events }]) => String(events))),
      arrayLiteral(categories.map(([, { digestSum }]) => digestSum.toString())),
    ],
  };
}

/** What was applied to a generation, by category. */
export async function readCategorySums(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
): Promise<CategorySums> {
  const { rows } = await client.query<{ category: string; events: string; digest_sum: string }>(
    `SELECT category, events, digest_sum FROM ${engineSchema}.category_sum
     WHERE group_name = $1 AND generation = $2`,
    [groupName, generation],
  );
  return new Map(
    rows.map(({ category, events, digest_sum: digestSum }) => [
      category,
      { events: Number(events), digestSum: BigInt(digestSum) },
    ]),
  );
}
