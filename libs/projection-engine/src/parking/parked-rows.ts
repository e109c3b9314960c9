import type { ClientBase } from 'pg';
import type { EngineEvent } from '../contract.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { ParkedKeys } from './parked-keys.js';
import {
  parkedEventTarget,
  parkedKeyTable,
  parkedNameTarget,
  skippedEventTarget,
} from './parked-layout.js';

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

function valueOf(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text);
}
