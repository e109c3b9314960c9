import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** One event of a thing such as a gift card or a payout, without what is told of persons. */
export interface StreamEntry {
  readonly eventId: string;
  readonly type: string;
  readonly account: string;
  readonly occurredAt: string | null;
  readonly precision: string;
  readonly standing: string;
  readonly revision: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The key of an event among those of its thing. */
export function streamEntryKeyOf({ revision }: StreamEntry): readonly string[] {
  return [revision];
}

/** Whether a text that somebody sends can be such a key. */
export function isStreamEntryKey([revision = '']: readonly string[]): boolean {
  return /^\d{1,15}$/.test(revision);
}

/**
 * The events that lie on a thing's stream in the order they were recorded in, each once: one that is
 * shown with several orders has an entry with each.
 */
export async function listStreamEntries(
  client: ClientBase,
  leaf: string,
  types: readonly string[],
  { after, limit }: Slice,
): Promise<readonly StreamEntry[]> {
  const { rows } = await client.query<StreamEntry>(
    `SELECT DISTINCT ON (revision) event_id AS "eventId", type, account,
            occurred_at AS "occurredAt", precision, standing, revision, data
       FROM entry
      WHERE leaf = $1 AND type = ANY($2) AND ($3::bigint IS NULL OR revision > $3)
      ORDER BY revision, subject
      LIMIT $4`,
    [leaf, [...types], after?.[0] ?? null, limit + 1],
  );
  return rows;
}
