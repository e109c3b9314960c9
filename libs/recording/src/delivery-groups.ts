import { sha256Hex } from '#kernel';
import { deliveryName } from './evidence.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { Delivery, RecordOutcome } from './record-outcome.js';

/** Cuts deliveries into groups that go to the database in one statement each. */
export function* groupsOf(
  deliveries: readonly Delivery[],
  { statementDeliveriesMax, statementBodyBytesMax }: RecorderLimits,
): Iterable<readonly Delivery[]> {
  let group: Delivery[] = [];
  let bytes = 0;
  for (const delivery of deliveries) {
    const more = delivery.rawBody.length;
    const isFull = group.length === statementDeliveriesMax || bytes + more > statementBodyBytesMax;
    if (isFull && group.length > 0) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(delivery);
    bytes += more;
  }
  if (group.length > 0) yield group;
}

/** Of deliveries with one name, the first: the one that is recorded. */
export function firstByName(deliveries: readonly Delivery[]): ReadonlyMap<string, Delivery> {
  const firsts = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    const name = deliveryName(delivery);
    if (!firsts.has(name)) firsts.set(name, delivery);
  }
  return firsts;
}

/** A delivery that comes twice in one call is answered as it would be in two calls. */
export function answerTo(
  delivery: Delivery,
  firsts: ReadonlyMap<string, Delivery>,
  outcomes: ReadonlyMap<string, RecordOutcome>,
): RecordOutcome {
  const name = deliveryName(delivery);
  const first = firsts.get(name);
  const outcome = outcomes.get(name);
  if (first === undefined || outcome === undefined) throw new Error(`${name} was not answered.`);
  if (first === delivery) return outcome;
  if (sha256Hex(first.rawBody) !== sha256Hex(delivery.rawBody)) return idReused(delivery);
  return outcome.outcome === 'recorded' ? { ...outcome, outcome: 'repeated' } : outcome;
}

/** The answer to a delivery id that comes again with other bytes. */
export function idReused({ source, deliveryId }: Delivery): RecordOutcome {
  const message = `${source} has already used the delivery id ${deliveryId} for other bytes.`;
  return { outcome: 'quarantined', code: 'delivery_id_reused', message, field: 'id' };
}
