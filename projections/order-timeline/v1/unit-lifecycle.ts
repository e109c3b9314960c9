import type { EventType } from '#events';
import type { UnitState } from './units-by-state.js';

/** How a unit gets to a state: from where, and which facts say that it did. */
export interface UnitStep {
  /** The states it comes from; empty where the state is the beginning. */
  readonly from: readonly UnitState[];
  readonly by: readonly EventType[];
}

/** States in which nobody has handed the unit over yet. */
const beforeHandOver: readonly UnitState[] = [
  'ordered',
  'backordered',
  'reserved',
  'released',
  'picked',
  'packed',
  'ready_for_pickup',
];

/** All of them before the one named: a system that tells only of its own step skips the others. */
function before(state: UnitState): readonly UnitState[] {
  return beforeHandOver.slice(0, beforeHandOver.indexOf(state));
}

/**
 * The life of a unit of an order line, as data: state by state, from where it comes and by which
 * facts. Facts arrive late and some systems tell nothing of a step, so every later state is reached
 * from every earlier one; only what gives units back leads backwards.
 */
export const unitLifecycle: Readonly<Record<UnitState, UnitStep>> = {
  ordered: {
    from: ['backordered', 'reserved', 'released', 'ready_for_pickup'],
    by: [
      'OrderCaptured',
      'OrderAmendmentConfirmed',
      'OrderLineSubstituted',
      'StockDeallocated',
      // Taken from stock, while nobody has told yet that it was handed over.
      'StockIssued',
      'BackorderReleased',
      'BackorderFilled',
      'PickupExpired',
      'PickupCancelled',
      'FulfilmentRejected',
      'FulfilmentRerouted',
    ],
  },
  backordered: { from: ['ordered', 'reserved'], by: ['StockBackordered'] },
  reserved: {
    from: [...before('reserved'), 'ready_for_pickup'],
    by: ['StockAllocated', 'BackorderFilled', 'PickupExpired', 'PickupCancelled'],
  },
  released: { from: before('released'), by: ['OrderReleased'] },
  picked: { from: before('picked'), by: ['ItemsPicked'] },
  packed: { from: before('packed'), by: ['ItemsPacked'] },
  ready_for_pickup: { from: before('ready_for_pickup'), by: ['PickupReady', 'PickupTaskCreated'] },
  dispatched: { from: beforeHandOver, by: ['ShipmentDispatched'] },
  picked_up: { from: beforeHandOver, by: ['PickupCompleted'] },
  // A dispatch that is told after its delivery or return explains where the unit is already.
  delivered: {
    from: ['dispatched', ...beforeHandOver],
    by: ['ShipmentDelivered', 'ShipmentDispatched'],
  },
  returned: {
    from: ['dispatched', 'picked_up', 'delivered', ...beforeHandOver],
    by: ['ReturnReceived', 'ShipmentDispatched', 'PickupCompleted'],
  },
  cancelled: {
    from: beforeHandOver,
    by: ['OrderCancelled', 'OrderLineCancelled', 'OrderAmendmentConfirmed', 'OrderLineSubstituted'],
  },
};

/** The states in which a unit may stay for good. */
export const finalUnitStates: readonly UnitState[] = [
  'picked_up',
  'delivered',
  'returned',
  'cancelled',
];
