import type { ClientBase } from 'pg';
import { categories, isCategory } from '#events';
import { leafOf } from '#kernel';
import { headerColumns, type OrderHeader, type Slice } from './queries.js';
import { searchValueOf } from './search-keys.js';

/** How a subject was found. */
export interface SearchHit {
  /** An order's leaf, or that of something no order is known for. */
  readonly subject: string;
  /** The kinds of names that matched, such as `order`, `payment`, `tracking`, `email`. */
  readonly matched: readonly string[];
}

/** A hit with what is known of the order, where it is one. */
export interface FoundSubject extends SearchHit {
  readonly header: OrderHeader | null;
}

/** What a text may be the name of. */
export interface SearchNames {
  readonly text: string;
  /** Leaves that tell of the person whose e-mail address or telephone number the text is. */
  readonly personal: {
    readonly kind: 'email' | 'phone';
    readonly leaves: readonly string[];
  } | null;
}

/**
 * The subjects that a text names, by their leaves' order: by the id of any thing on their timelines,
 * whoever issued it; by what else they are known by; and by a person's address.
 */
export async function searchSubjects(
  client: ClientBase,
  { text, personal }: SearchNames,
  { after, limit }: Slice,
): Promise<readonly FoundSubject[]> {
  const leaves = [text, ...(await leavesNamed(client, text))];
  const { rows } = await client.query<SearchHit & (OrderHeader | { readonly leaf: null })>({
    name: 'order timeline searches',
    // Each kind of name gives the first of its subjects, so that a page of them is right however
    // many there are; by which of its names each was found is asked of that page alone.
    text: `WITH named AS (
        (SELECT DISTINCT subject FROM search_key WHERE value = $2 AND subject > $5
          ORDER BY subject LIMIT $6)
        UNION (SELECT DISTINCT subject FROM entry WHERE leaf = ANY($1::text[] || $3::text[]) AND subject > $5
          ORDER BY subject LIMIT $6)
        UNION (SELECT order_leaf FROM order_header WHERE order_leaf = ANY($1) AND order_leaf > $5
          ORDER BY order_leaf LIMIT $6)
      ), page AS (SELECT subject AS found FROM named ORDER BY subject LIMIT $6)
      SELECT found AS subject, matched, header.*
        FROM page
       CROSS JOIN LATERAL (
         SELECT array_agg(DISTINCT kind ORDER BY kind) AS matched FROM (
           SELECT kind FROM search_key WHERE subject = found AND value = $2
           UNION ALL SELECT split_part(leaf, '-', 1) FROM entry
             WHERE subject = found AND leaf = ANY($1)
           UNION ALL SELECT $4 FROM entry WHERE subject = found AND leaf = ANY($3)
           UNION ALL SELECT 'order' FROM order_header
             WHERE order_leaf = found AND order_leaf = ANY($1)
         ) AS hit) AS hits
        LEFT JOIN LATERAL (
          SELECT ${headerColumns} FROM order_header WHERE order_leaf = found
        ) AS header ON true
       ORDER BY found`,
    values: [
      leaves,
      searchValueOf(text),
      personal?.leaves ?? [],
      personal?.kind ?? '',
      after?.[0] ?? '',
      limit + 1,
    ],
  });
  return rows.map(({ subject, matched, ...header }) => ({
    subject,
    matched,
    header: header.leaf === null ? null : header,
  }));
}

/**
 * The leaf the text would have as the id of each kind of thing from each account of the ledger. The
 * accounts are those that leaves on timelines begin with, found by stepping through their index.
 */
async function leavesNamed(client: ClientBase, text: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ scope: string }>({
    name: 'order timeline steps through accounts',
    // Behind every leaf of an account, since a colon ends it, comes what begins with a semicolon.
    text: `WITH RECURSIVE step(scope) AS (
        (SELECT split_part(leaf, ':', 1) FROM entry ORDER BY leaf LIMIT 1)
        UNION ALL
        SELECT (SELECT split_part(leaf, ':', 1) FROM entry WHERE leaf > step.scope || ';'
                 ORDER BY leaf LIMIT 1)
          FROM step WHERE step.scope IS NOT NULL
      ) SELECT scope FROM step WHERE scope IS NOT NULL LIMIT $1`,
    values: [accountsMax],
  });
  return rows.flatMap(({ scope }) => {
    const [category = '', account = ''] = scope.split('-');
    if (!isCategory(category) || categories[category].scope !== 'account') return [];
    return account === '' || text === '' ? [] : [leafOf(category, [account, text])];
  });
}

/** Kinds of things times accounts. */
const accountsMax = 10_000;
