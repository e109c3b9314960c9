import { type EventType, readFact } from '#events';
import type { Scene } from '../scene.js';
import type { SimulatedDelivery } from '../step.js';

/** The source of a fact says that it was wrong, or that what it told did not happen. */
export function correct(
  scene: Scene,
  minute: number,
  wrong: SimulatedDelivery,
  reason: 'incorrect_data' | 'did_not_occur',
  prompt = false,
): void {
  const { eventId, leaf } = recordedAs(wrong);
  scene.tell(minute, {
    type: 'EventCorrected',
    source: wrong.source,
    subject: leaf,
    prompt,
    data: {
      target: { leaf, eventId, type: wrong.type },
      correction: `K${scene.nextNumber()}`,
      reason,
    },
  });
}

/** Under which id and on which leaf the ledger keeps a delivery. */
export function recordedAs(delivery: SimulatedDelivery<EventType>): {
  readonly eventId: string;
  readonly leaf: string;
} {
  const reading = readFact(delivery, { zoneOf: () => undefined });
  if (reading.outcome === 'refused') {
    throw new Error(`The simulation told an impossible ${delivery.type}: ${reading.message}`);
  }
  return reading;
}
