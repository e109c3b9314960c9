import { readdirSync, readFileSync } from 'node:fs';
import {
  type AnyLedgerEvent,
  definitionOf,
  type EventType,
  readStoredEvent,
  type StoredEvent,
} from '#events';

const folder = new URL('../../libs/events/golden/', import.meta.url);

/** An event exactly as a version of the program stored it once; never written again. */
export interface GoldenEvent extends Omit<StoredEvent, 'sequence'> {
  /** The file's name without its ending: `OrderCaptured.v1`. */
  readonly name: string;
  readonly leafDigest: string;
}

export const goldenEvents: readonly GoldenEvent[] = readdirSync(folder)
  .sort()
  .map((file) => ({
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<GoldenEvent, 'name'>),
    name: file.replace('.json', ''),
  }));

/** Reads a golden event as a fold would get it. */
export function readGolden(golden: GoldenEvent): AnyLedgerEvent {
  const read = readStoredEvent({ ...golden, sequence: 0 });
  if (read.outcome !== 'read') throw new Error(`${golden.name}: ${read.message}`);
  return read.event;
}

/** The golden event of a class in its newest version. */
export function goldenOf(type: EventType): AnyLedgerEvent {
  const name = `${type}.v${definitionOf(type).schemaVersion}`;
  const golden = goldenEvents.find((one) => one.name === name);
  if (!golden) {
    throw new Error(
      `libs/events/golden/${name}.json is missing: store one such event and keep it.`,
    );
  }
  return readGolden(golden);
}

/** What stands in the sealed fields of golden events, in clear. */
const clearPersonalData: Readonly<Record<string, object>> = {
  customer: { name: 'Ada Example', addresses: [{ city: 'Berlin' }] },
  recipient: { name: 'Ada Example', city: 'Berlin' },
  signedBy: { name: 'A. Example' },
};

/** The CloudEvents object a source would have sent for this fact. */
export function cloudEventOf(event: AnyLedgerEvent): Readonly<Record<string, unknown>> {
  const { occurredAt, precision, notBefore, notAfter } = event.occurrence;
  const data = Object.fromEntries(Object.entries(event.data));
  for (const { field } of definitionOf(event.type).personalData) {
    data[field] = clearPersonalData[field];
  }
  return {
    specversion: '1.0',
    id: event.eventId,
    source: event.account,
    type: event.type,
    subject: event.leaf,
    time: occurredAt,
    precision,
    notbefore: notBefore,
    notafter: notAfter,
    version: event.version,
    transaction: event.transaction,
    data,
  };
}
