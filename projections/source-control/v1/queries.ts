import type { ClientBase } from 'pg';
import {
  compareSpan,
  type Completeness,
  type DeclaredSum,
  type Gap,
  type HeldNumbers,
  type HeldSum,
  type SourceSpan,
} from './completeness.js';

export interface Slice {
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

export interface CompletenessFilter {
  readonly source?: string | undefined;
  /** The business day or batch. */
  readonly span?: string | undefined;
}

/** The most gaps of one span that are named; how many numbers are missing is counted in full. */
export const gapsMax = 100;

/** The most facts whose numbers are looked through for one page, unless one span alone has more. */
export const pageFactsMax = 200_000;

/** The spans of a page, in the list's order. */
export interface CompletenessPage {
  readonly spans: readonly Completeness[];
  /** Whether there are more behind them: a page of very large spans holds few. */
  readonly isCut: boolean;
}

/** The key of a row in the list's order. */
export function completenessKeyOf(row: SourceSpan): readonly string[] {
  return [row.account, row.span, row.numberRange];
}

interface ListedSpan extends SourceSpan {
  /** A total that names no range is for all of them; what has no total stands for its own alone. */
  readonly isOfAll: boolean;
  readonly eventId: string | null;
  readonly records: string | null;
  readonly firstSequence: string | null;
  readonly lastSequence: string | null;
  readonly sums: readonly DeclaredSum[] | null;
}

/**
 * What each source says it sent beside what is held, by source, business day or batch and number
 * range. What has no total is listed of the source that is asked for, and of those that have told of
 * any; a range of numbers without one also beside ranges that have one.
 */
export async function listCompleteness(
  client: ClientBase,
  filter: CompletenessFilter,
  slice: Slice,
  factsMax: number = pageFactsMax,
): Promise<CompletenessPage> {
  const listed = await listSpans(client, filter, slice);
  const facts = await readFacts(client, listed);
  const shown = listed.slice(0, Math.min(slice.limit, spansWithin(facts, factsMax)));
  const numbers = await readNumbers(client, shown);
  const spans = shown.map((each, index) => {
    const { account, span, numberRange } = each;
    return compareSpan(
      { account, span, numberRange },
      totalOf(each),
      facts[index] ?? [],
      numbers[index] ?? null,
    );
  });
  return { spans, isCut: shown.length < listed.length };
}

/** How many of the spans have no more facts together than may be looked through; at least one. */
function spansWithin(facts: readonly (readonly HeldSum[])[], factsMax: number): number {
  let sum = 0n;
  const beyond = facts.findIndex((held, index) => {
    sum += held.reduce((own, { facts: count }) => own + count, 0n);
    return index > 0 && sum > factsMax;
  });
  return beyond === -1 ? facts.length : beyond;
}

async function listSpans(
  client: ClientBase,
  { source, span }: CompletenessFilter,
  { after, limit }: Slice,
): Promise<readonly ListedSpan[]> {
  const { rows } = await client.query<ListedSpan>(
    `WITH listed AS (
       SELECT account, span, number_range, number_range = '' AS is_of_all, event_id, records,
              first_sequence, last_sequence, sums
         FROM source_total
       UNION ALL
       SELECT DISTINCT fact.account, fact.span, fact.number_range, false, NULL, NULL::bigint,
              NULL::bigint, NULL::bigint, NULL::jsonb
         FROM source_fact AS fact
        WHERE NOT EXISTS (SELECT FROM source_total AS total
                           WHERE total.account = fact.account AND total.span = fact.span
                             AND total.number_range IN ('', fact.number_range))
          AND ($1::text IS NOT NULL
               OR EXISTS (SELECT FROM source_total AS total WHERE total.account = fact.account))
          -- What is in no range and has no numbers is in no total of a range, and misses none.
          AND (fact.number_range <> ''
               OR NOT EXISTS (SELECT FROM source_total AS total
                               WHERE total.account = fact.account AND total.span = fact.span)
               OR EXISTS (SELECT FROM source_number AS known
                           WHERE known.account = fact.account AND known.span = fact.span
                             AND known.number_range = ''))
     )
     SELECT account, span, number_range AS "numberRange", is_of_all AS "isOfAll",
            event_id AS "eventId", records,
            first_sequence AS "firstSequence", last_sequence AS "lastSequence", sums
       FROM listed
      WHERE ($1::text IS NULL OR account = $1)
        AND ($2::text IS NULL OR span = $2)
        AND ($3::text IS NULL OR (account, span, number_range) > ($3, $4, $5))
      ORDER BY account, span, number_range
      LIMIT $6`,
    [
      source ?? null,
      span ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      after?.[2] ?? null,
      limit + 1,
    ],
  );
  return rows;
}

function totalOf({ eventId, records, firstSequence, lastSequence, sums }: ListedSpan) {
  if (eventId === null) return null;
  return {
    eventId,
    records: Number(records),
    firstSequence: firstSequence === null ? null : Number(firstSequence),
    lastSequence: lastSequence === null ? null : Number(lastSequence),
    sums: sums ?? [],
  };
}

/** The columns of the spans asked for, one array each. */
function columnsOf(spans: readonly ListedSpan[]): readonly (readonly string[])[] {
  return [
    spans.map(({ account }) => account),
    spans.map(({ span }) => span),
    spans.map(({ numberRange }) => numberRange),
  ];
}

async function readFacts(
  client: ClientBase,
  spans: readonly ListedSpan[],
): Promise<readonly (readonly HeldSum[])[]> {
  const { rows } = await client.query<{
    readonly place: string;
    readonly eventType: string;
    readonly currency: string;
    readonly facts: string;
    readonly corrected: string;
    readonly amountMinor: string;
  }>(
    `SELECT asked.place, fact.event_type AS "eventType", fact.currency,
            sum(fact.facts) AS facts, sum(fact.corrected) AS corrected,
            sum(fact.amount_minor) AS "amountMinor"
       FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[])
              WITH ORDINALITY AS asked (account, span, number_range, is_of_all, place)
       JOIN source_fact AS fact
         ON fact.account = asked.account AND fact.span = asked.span
        AND (asked.is_of_all OR fact.number_range = asked.number_range)
      GROUP BY asked.place, fact.event_type, fact.currency
      ORDER BY asked.place, fact.event_type, fact.currency`,
    [...columnsOf(spans), spans.map(({ isOfAll }) => isOfAll)],
  );
  const held: HeldSum[][] = spans.map(() => []);
  for (const { place, eventType, currency, facts, corrected, amountMinor } of rows) {
    held[Number(place) - 1]?.push({
      eventType,
      currency,
      facts: BigInt(facts),
      corrected: BigInt(corrected),
      amountMinor: BigInt(amountMinor),
    });
  }
  return held;
}

/**
 * The numbers held of each span. Gaps are looked for between the first and the last number that the
 * source says, or that are held where it says none; in one range, since ranges count for themselves.
 */
async function readNumbers(
  client: ClientBase,
  spans: readonly ListedSpan[],
): Promise<readonly (HeldNumbers | null)[]> {
  const { rows } = await client.query<{
    readonly first: string | null;
    readonly last: string | null;
    readonly held: string;
    readonly beyond: string;
    readonly gaps: readonly Gap[];
  }>(
    `SELECT bounds.first, bounds.last, counted.held, counted.beyond, named.gaps
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
              WITH ORDINALITY AS asked (account, span, number_range, first, last, place)
      CROSS JOIN LATERAL (
        SELECT coalesce(asked.first, min(number)) AS first, coalesce(asked.last, max(number)) AS last
          FROM source_number AS known
         WHERE known.account = asked.account AND known.span = asked.span
           AND known.number_range = asked.number_range) AS bounds
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE number BETWEEN bounds.first AND bounds.last) AS held,
               count(*) FILTER (WHERE number NOT BETWEEN bounds.first AND bounds.last) AS beyond
          FROM source_number AS known
         WHERE known.account = asked.account AND known.span = asked.span
           AND known.number_range = asked.number_range) AS counted
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_object('from', number + 1, 'to', next - 1)
                                  ORDER BY number), '[]'::jsonb) AS gaps
          FROM (SELECT number, next
                  FROM (SELECT number, lead(number) OVER (ORDER BY number) AS next
                          FROM (SELECT number
                                  FROM source_number AS known
                                 WHERE known.account = asked.account AND known.span = asked.span
                                   AND known.number_range = asked.number_range
                                   AND number BETWEEN bounds.first AND bounds.last
                                UNION ALL SELECT bounds.first - 1
                                UNION ALL SELECT bounds.last + 1) AS edges) AS neighbours
                 WHERE next > number + 1
                 ORDER BY number
                 LIMIT ${gapsMax}) AS gap) AS named
      ORDER BY asked.place`,
    [
      ...columnsOf(spans),
      spans.map(({ firstSequence }) => firstSequence),
      spans.map(({ lastSequence }) => lastSequence),
    ],
  );
  return rows.map(({ first, last, held, beyond, gaps }) => {
    // Neither told of nor held: the source does not number its records.
    if (first === null || last === null) return null;
    const numbers = { first: Number(first), last: Number(last), held: Number(held) };
    const missing = numbers.last - numbers.first + 1 - numbers.held;
    return { ...numbers, beyond: Number(beyond), missing, gaps };
  });
}

/** A rule of authority that the ledger holds. */
export interface AuthorityRow {
  readonly eventType: string;
  readonly account: string;
  readonly legalEntity: string;
  readonly channel: string;
  readonly validFrom: string;
  readonly rank: number;
  readonly eventId: string;
}

/**
 * Every rule of authority that the ledger holds: few, since each is a decision about a source. None
 * where what is read was built by a release that kept none.
 */
export async function readAuthorityRules(client: ClientBase): Promise<readonly AuthorityRow[]> {
  const kept = await client.query<{ readonly isThere: boolean }>(
    `SELECT to_regclass('authority_rule') IS NOT NULL AS "isThere"`,
  );
  if (kept.rows[0]?.isThere !== true) return [];
  const { rows } = await client.query<AuthorityRow>(
    `SELECT event_type AS "eventType", account, legal_entity AS "legalEntity", channel,
            valid_from AS "validFrom", rank::float8 AS rank, event_id AS "eventId"
       FROM authority_rule
      ORDER BY event_type, account, legal_entity, channel, valid_from`,
  );
  return rows;
}
