import type { ClientBase } from 'pg';
import type { EngineEvent } from '../contract.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { insertRows } from '../postgres/write-rows.js';
import { ParkedKeys } from './parked-keys.js';
import {
  parkedEventTarget,
  parkedKeyTable,
  parkedNameTarget,
  skippedEventTarget,
} from './parked-layout.js';
import type { NewParkedEvent, ParkingDraft } from './parking-draft.js';

/** What a generation has parked, as its tables say. */
export async function readParkedKeys(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
): Promise<ParkedKeys> {
  const parked = new ParkedKeys();
  const keys = await client.query<{ key: string; since_sequence: string; events: string }>(
    `SELECT key, since_sequence, events FROM ${parkedKeyTable}
     WHERE group_name = $1 AND generation = $2`,
    [groupName, generation],
  );
  for (const { key, since_sequence: since, events } of keys.rows) {
    parked.park({ key, since: Number(since), events: Number(events) });
  }
  const names = await client.query<{ key: string; name: string }>(
    `SELECT key, name FROM ${parkedNameTarget.name} WHERE group_name = $1 AND generation = $2`,
    [groupName, generation],
  );
  for (const { key, name } of names.rows) parked.block(key, name);
  return parked;
}

/** Writes what a batch parks, in the batch's transaction. */
export async function writeParked(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  { events, names, skipped }: ParkingDraft,
): Promise<void> {
  await insertRows(
    client,
    skippedEventTarget,
    skipped.map(({ sequence, eventId }) => [groupName, generation, sequence, eventId]),
  );
  if (events.length === 0) return;
  await insertRows(
    client,
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
    client,
    parkedNameTarget,
    names.map(({ key, name }) => [groupName, generation, name, key]),
  );
  for (const [first, count] of firstsByKey(events)) {
    await client.query({
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

interface ParkedEventRow {
  readonly sequence: string;
  readonly leaf: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
  readonly data: string | null;
  readonly metadata: string | null;
}

/** The events of a key, as they were stored, in their order. */
export async function readParkedEvents(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  key: string,
): Promise<readonly EngineEvent[]> {
  const { rows } = await client.query<ParkedEventRow>(
    `SELECT sequence, leaf, revision, event_id, type, data, metadata
     FROM ${parkedEventTarget.name}
     WHERE group_name = $1 AND generation = $2 AND key = $3 ORDER BY sequence`,
    [groupName, generation, key],
  );
  return rows.map(({ sequence, leaf, revision, event_id: eventId, type, data, metadata }) => ({
    leaf,
    revision: Number(revision),
    sequence: Number(sequence),
    eventId,
    type,
    data: valueOf(data),
    metadata: valueOf(metadata),
  }));
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

/** Events up to the checkpoint that are in no row, by sequence. */
export interface LeftOut {
  readonly parked: ReadonlySet<number>;
  readonly skipped: ReadonlySet<number>;
}

/** Which events a generation has not applied, though its checkpoint lies behind them. */
export async function readLeftOut(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
): Promise<LeftOut> {
  const sequencesIn = async (table: string): Promise<ReadonlySet<number>> => {
    const { rows } = await client.query<{ sequence: string }>(
      `SELECT sequence FROM ${table} WHERE group_name = $1 AND generation = $2`,
      [groupName, generation],
    );
    return new Set(rows.map(({ sequence }) => Number(sequence)));
  };
  return {
    parked: await sequencesIn(parkedEventTarget.name),
    skipped: await sequencesIn(skippedEventTarget.name),
  };
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

function valueOf(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text);
}

/** A message may quote the very text that PostgreSQL cannot hold. */
function storableText(message: string): string {
  return message.replaceAll('\u0000', '\ufffd');
}
