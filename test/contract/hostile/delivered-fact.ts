import { type AnyLedgerEvent, readFact } from '#events';
import type { Delivery } from '#recording';

/**
 * A fact as its account would deliver it: a CloudEvent, read by the edge. What the edge understands
 * must be the very fact that was meant.
 */
export function deliveredFact(fact: AnyLedgerEvent, deliveryId: string): Delivery {
  const { account: source, type, leaf: subject, occurrence, version, transaction, data } = fact;
  const body = {
    specversion: '1.0',
    id: deliveryId,
    source,
    type,
    subject,
    time: occurrence.occurredAt,
    precision: occurrence.precision,
    notbefore: occurrence.notBefore,
    notafter: occurrence.notAfter,
    version,
    transaction,
    data,
  };
  const reading = readFact(body, { zoneOf: () => undefined });
  if (reading.outcome !== 'understood') throw new Error(JSON.stringify(reading));
  if (reading.eventId !== fact.eventId) throw new Error(`${type} was understood as another fact.`);
  return {
    source,
    deliveryId,
    rawBody: Buffer.from(JSON.stringify(body)),
    fact: reading,
    recordedBy: 'specification',
    translatorVersion: 'cloudevents 1',
  };
}
