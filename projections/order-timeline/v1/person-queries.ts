import type { ClientBase } from 'pg';
import type { ActiveStatement } from '#projection-engine';

/** An event on a timeline that holds personal data, with what its subject is made of. */
export interface PersonalEntry {
  /** The order it is shown under, or its own home. */
  readonly subject: string;
  readonly type: string;
  readonly leaf: string;
  readonly account: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personalData: Readonly<Record<string, unknown>>;
}

const columns = `subject, type, leaf, account, data, personal_data AS "personalData"`;

/** Every event with personal data that is shown under these orders. */
export function readPersonalEntriesOf(
  client: ClientBase,
  subjects: readonly string[],
): Promise<readonly PersonalEntry[]> {
  return readPersonalEntries(client, 'subject', subjects);
}

/** Every event with personal data that lies on these leaves, once for each order it is shown under. */
export function readPersonalEntriesOn(
  client: ClientBase,
  leaves: readonly string[],
): Promise<readonly PersonalEntry[]> {
  return readPersonalEntries(client, 'leaf', leaves);
}

async function readPersonalEntries(
  client: ClientBase,
  column: 'subject' | 'leaf',
  names: readonly string[],
): Promise<readonly PersonalEntry[]> {
  const { rows } = await client.query<PersonalEntry>({
    name: `order timeline reads personal data by ${column}`,
    text: `SELECT ${columns} FROM entry
      WHERE ${column} = ANY($1) AND personal_data IS NOT NULL ORDER BY subject, leaf, event_id`,
    values: [names],
  });
  return rows;
}

/** The orders among these that somebody still has to do something for. */
export async function readOpenOrders(
  client: ClientBase,
  orders: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ leaf: string }>(
    `SELECT order_leaf AS leaf FROM order_header
      WHERE order_leaf = ANY($1)
        AND (status NOT IN ('cancelled', 'delivered', 'returned', 'merged')
             OR 'refund_owed' = ANY(blocked_by))
      ORDER BY order_leaf`,
    [orders],
  );
  return rows.map(({ leaf }) => leaf);
}

/** The event of an erasure, as its timeline shows it. */
export interface ErasureEntry {
  readonly leaf: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: string | null;
}

const erasureTypes = `'ErasureRequested', 'ErasureDeferred', 'SubjectKeyDestroyed', 'ErasureCompleted'`;

/** What {@link erasuresOf} reads. */
export interface ErasureEntries {
  readonly entries: readonly ErasureEntry[];
}

/** All events of the erasures that name one of these subjects, oldest first within each. */
export function erasuresOf(subjectDigests: readonly string[]): ActiveStatement {
  return {
    name: 'order timeline reads erasures',
    text: ({ of }) => {
      const entry = `${of('order-timeline')}entry`;
      return `SELECT coalesce(json_agg(told), '[]') AS entries FROM (
        SELECT leaf, type, data, occurred_at AS "occurredAt" FROM ${entry}
         WHERE type IN (${erasureTypes}) AND subject IN (
           SELECT subject FROM ${entry} WHERE type = 'ErasureRequested' AND EXISTS (
             SELECT FROM jsonb_array_elements(data -> 'subjects') AS person
             WHERE person ->> 'digest' = ANY($1)))
         ORDER BY leaf, revision) AS told`;
    },
    values: [subjectDigests],
  };
}

/** A page of erasures by their leaves, with all events of each. */
export async function readErasures(
  client: ClientBase,
  slice: { readonly after: readonly string[] | undefined; readonly limit: number },
): Promise<readonly ErasureEntry[]> {
  const { rows } = await client.query<ErasureEntry>(
    `SELECT leaf, type, data, occurred_at AS "occurredAt" FROM entry
      WHERE type IN (${erasureTypes}) AND subject IN (
        SELECT subject FROM entry
         WHERE type = 'ErasureRequested' AND ($1::text IS NULL OR subject > $1)
         ORDER BY subject LIMIT $2)
      ORDER BY leaf, revision`,
    [slice.after?.[0] ?? null, slice.limit + 1],
  );
  return rows;
}
