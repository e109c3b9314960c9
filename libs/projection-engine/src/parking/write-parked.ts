import type { ClientBase } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import type { QueuedStatements } from '../postgres/statement-set.js';
import { insertRows } from '../postgres/write-rows.js';
import {
  parkedEventTarget,
  parkedKeyTable,
  parkedNameTarget,
  skippedEventTarget,
} from './parked-layout.js';
import type { NewParkedEvent, ParkingDraft } from './parking-draft.js';

/** Writes what a batch parks, in the batch's transaction. */
export async function writeParked(
  statements: QueuedStatements,
  { groupName, generation }: GenerationKey,
  { events, names, skipped }: ParkingDraft,
): Promise<void> {
  await insertRows(
    statements,
    skippedEventTarget,
    skipped.map(({ sequence, eventId }) => [groupName, generation, sequence, eventId]),
  );
  if (events.length === 0) return;
  await insertRows(
    statements,
    parkedEventTarget,
    events.map(({ key, stored, code, message }) => [
      groupName,
      generation,
      stored.sequence,
      key,
      stored.leaf,
      stored.revision,
      stored.eventId,
      stored.type,
      textOf(stored.data),
      textOf(stored.metadata),
      code,
      storableText(message),
    ]),
  );
  await insertRows(
    statements,
    parkedNameTarget,
    names.map(({ key, name }) => [groupName, generation, name, key]),
  );
  for (const [first, count] of firstsByKey(events)) {
    statements.add({
      name: 'projection engine parks a key',
      text: `INSERT INTO ${parkedKeyTable} AS held
         (group_name, generation, key, since_sequence, event_id, code, message, events)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (group_name, generation, key) DO UPDATE SET
         events = held.events + excluded.events,
         (since_sequence, event_id, code, message) = (SELECT earliest.* FROM (VALUES
           (held.since_sequence, held.event_id, held.code, held.message),
           (excluded.since_sequence, excluded.event_id, excluded.code, excluded.message)
         ) AS earliest (since, event_id, code, message) ORDER BY since LIMIT 1)`,
      values: [
        groupName,
        generation,
        first.key,
        first.stored.sequence,
        first.stored.eventId,
        first.code,
        storableText(first.message),
        count,
      ],
    });
  }
}

/** Forgets a key with its events, whose places are then taken by what is left of it. */
export async function deleteParkedKey(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  key: string,
): Promise<void> {
  for (const table of [parkedEventTarget.name, parkedNameTarget.name, parkedKeyTable]) {
    await client.query(
      `DELETE FROM ${table} WHERE group_name = $1 AND generation = $2 AND key = $3`,
      [groupName, generation, key],
    );
  }
}

function firstsByKey(
  events: readonly NewParkedEvent[],
): Iterable<readonly [NewParkedEvent, number]> {
  const firsts = new Map<string, [NewParkedEvent, number]>();
  for (const event of events) {
    const known = firsts.get(event.key);
    if (known === undefined) firsts.set(event.key, [event, 1]);
    else known[1] += 1;
  }
  return firsts.values();
}

/** JSON writes U+0000 and halves of characters as escapes, so that PostgreSQL can hold any event. */
function textOf(value: unknown): string | null {
  return JSON.stringify(value) ?? null;
}

/** A message may quote the very text that PostgreSQL cannot hold. */
function storableText(message: string): string {
  return message.replaceAll('\u0000', '\ufffd');
}
