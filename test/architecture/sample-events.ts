import {
  type AnyNewEvent,
  checkParts,
  definitionOf,
  type EventType,
  isFactRefusal,
  readDecisionData,
  readFact,
} from '#events';
import { decisionIdOf } from '#kernel';
import { sampleOf } from '../fixtures/events/index.js';

const noon = '2026-03-10T12:00:00.000Z';

/** The CloudEvents object that a source would send for the sample of this class. */
export function deliveryOf(type: EventType): Readonly<Record<string, unknown>> {
  const {
    leaf,
    account,
    data,
    time = noon,
    precision,
    version,
    transaction,
    actor,
  } = sampleOf(type);
  return {
    specversion: '1.0',
    id: `sample-${type}`,
    source: account,
    type,
    subject: leaf,
    time,
    precision,
    version,
    transaction,
    actor,
    data,
  };
}

/** The sample of a class as the catalogue understands it: told where it may be, else decided. */
export function understoodSample(type: EventType): AnyNewEvent {
  if (!definitionOf(type).mayBe.includes('fact')) return decidedSample(type);
  const reading = readFact(deliveryOf(type), { zoneOf: () => undefined });
  if (isFactRefusal(reading)) throw new Error(`${type}: ${reading.code}: ${reading.message}`);
  return reading.fact;
}

function decidedSample(type: EventType): AnyNewEvent {
  const { leaf, account, data, time = noon } = sampleOf(type);
  const reading = readDecisionData(type, data);
  if (isFactRefusal(reading)) throw new Error(`${type}: ${reading.code}: ${reading.message}`);
  const parts = {
    type,
    leaf,
    kind: 'decision',
    account,
    occurrence: { occurredAt: time, precision: 'instant', notBefore: null, notAfter: null },
    version: null,
    transaction: null,
    data: reading.data,
  } as const;
  const fault = checkParts(parts);
  if (fault) throw new Error(`${type}: ${fault.message}`);
  const place = { client: account, route: type, idempotencyKey: 'sample', leaf, step: '0' };
  return { ...parts, eventId: decisionIdOf(place) } as AnyNewEvent;
}
