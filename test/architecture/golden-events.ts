import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { leafDigest } from '#audit';
import {
  type AnyLedgerEvent,
  type AnyNewEvent,
  businessKeyOf,
  definitionOf,
  type EventKeys,
  type EventType,
  eventTypes,
  keysOf,
  readStoredEvent,
  type StoredEvent,
  storedMetadataOf,
} from '#events';
import { sampleOf } from '../fixtures/events/index.js';
import { understoodSample } from './sample-events.js';

const folder = new URL('../../libs/events/golden/', import.meta.url);

/** An event exactly as a version of the program stored it once; never written again. */
export interface GoldenEvent extends Omit<StoredEvent, 'sequence'> {
  /** The file's name without its ending: `OrderCaptured.v1`. */
  readonly name: string;
  readonly leafDigest: string;
  /** Where it belongs, as it was settled when it was written; the oldest ones do not say. */
  readonly settled?: { readonly businessKey: string | null; readonly keys: EventKeys };
}

const nameOfNewest = (type: EventType): string => `${type}.v${definitionOf(type).schemaVersion}`;

/** What stands in a sealed field of a golden event. */
const sealed = {
  keyId: '00000000-0000-4000-8000-000000000001',
  nonce: 'AAECAwQFBgcICQoL',
  ciphertext: 'mJ1w3o0bq9nF0cY2v8l1c0tq3xQ4m5r6s7t8u9v0w1x2y3z4',
};

if (process.env['DAYBOOK_GOLDEN'] === 'write') writeMissing();

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
  const name = nameOfNewest(type);
  const golden = goldenEvents.find((one) => one.name === name);
  if (!golden) {
    throw new Error(
      `libs/events/golden/${name}.json is missing: DAYBOOK_GOLDEN=write npx vitest run test/architecture/golden-events.spec.ts stores the sample; then it is kept.`,
    );
  }
  return readGolden(golden);
}

/** The CloudEvents object a source would have sent for this fact. */
export function cloudEventOf(event: AnyLedgerEvent): Readonly<Record<string, unknown>> {
  const { occurredAt, precision, notBefore, notAfter } = event.occurrence;
  const data = fieldsIn(event.data);
  // Personal data never changes an id, so that of the sample will do.
  const clear: Readonly<Record<string, unknown>> = fieldsIn(sampleOf(event.type).data);
  for (const { field } of definitionOf(event.type).personalData) {
    if (field in data) data[field] = clear[field];
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

/** Data that may be changed, as it is typed nowhere. */
export function fieldsIn(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data));
}

/** Stores the sample of every class that has no golden event of its newest version yet. */
function writeMissing(): void {
  for (const type of eventTypes) {
    const file = new URL(`${nameOfNewest(type)}.json`, folder);
    if (existsSync(file)) continue;
    writeFileSync(file, `${JSON.stringify(storedForm(understoodSample(type)), null, 2)}\n`);
  }
}

/** An event as recording would store it, personal data as ciphertext. */
export function storedForm(event: AnyNewEvent): Omit<GoldenEvent, 'name'> {
  const { leaf, eventId, type } = event;
  const data = fieldsIn(event.data);
  for (const { field } of definitionOf(type).personalData) if (field in data) data[field] = sealed;
  const metadata = storedMetadataOf(event, {
    recordedAt: '2026-03-25T12:00:00.000Z',
    recordedBy: 'daybook.importer',
    deliveryDigest: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
    translatorVersion: 'events.1',
  });
  const stored = { leaf, revision: 0, eventId, type, data, metadata };
  const digest = leafDigest({ stream: leaf, revision: 0, eventId, type, data, metadata });
  return {
    ...stored,
    leafDigest: digest.toString('hex'),
    settled: { businessKey: businessKeyOf(event), keys: keysOf(event) },
  };
}
