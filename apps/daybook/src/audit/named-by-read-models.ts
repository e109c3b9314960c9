import type { ReadModels } from '../http/reads/read-models.js';
import type { NamedEvent } from './audit-finding.js';

interface EntryRow {
  readonly leaf: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
}

/**
 * The event that the timeline was derived from at a sequence, or undefined where it holds none any
 * more: nothing is proven by it, but it tells what a missing event was.
 */
export async function namedByReadModels(
  readModels: ReadModels,
  sequence: number,
): Promise<NamedEvent | undefined> {
  const { rows } = await readModels.snapshot(
    (client) =>
      client.query<EntryRow>(
        'SELECT leaf, revision, event_id, type FROM entry WHERE sequence = $1 LIMIT 1',
        [sequence],
      ),
    'tables',
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { leaf, revision, event_id: eventId, type } = row;
  return { leaf, revision: Number(revision), eventId, type };
}
