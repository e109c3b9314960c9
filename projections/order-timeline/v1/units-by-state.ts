import type { OrderLineUnits } from './queries.js';

/** Where a unit of an order line can be, from nothing having been done to its end. */
export const unitStates = [
  'ordered',
  'backordered',
  'reserved',
  'released',
  'picked',
  'packed',
  'ready_for_pickup',
  'dispatched',
  'picked_up',
  'delivered',
  'returned',
  'cancelled',
] as const;

export type UnitState = (typeof unitStates)[number];

/** Units of a line that are at one place of their way; those of a line add up to what was ordered. */
export interface UnitsInState {
  readonly state: UnitState;
  readonly qty: number;
}

type Counts = Pick<
  OrderLineUnits,
  | 'ordered'
  | 'cancelled'
  | 'dispatched'
  | 'pickedUp'
  | 'delivered'
  | 'returned'
  | 'allocated'
  | 'backordered'
  | 'released'
  | 'picked'
  | 'packed'
  | 'readyForPickup'
>;

/**
 * Tells each unit of a line once, by the furthest it got. The table counts how many units ever got
 * to each place, in any order of arrival and however the line was split; what got further is taken
 * off here.
 */
export function unitsByState(counts: Counts): readonly UnitsInState[] {
  const of = (name: keyof Counts): number => Number(counts[name]);
  const remaining = of('ordered') - of('cancelled');
  const handedOver = Math.min(remaining, of('dispatched') + of('pickedUp'));
  const returned = Math.min(of('returned'), handedOver);
  const arrived = clamp(of('delivered') - returned, handedOver - returned);
  // Who took a unit along has it: what came back first is what a carrier had delivered.
  const pickedUp = Math.min(of('pickedUp'), arrived);
  const open = new Rest(remaining - handedOver);
  const beyond = handedOver;
  const ready = open.take(of('readyForPickup'));
  const packed = open.take(of('packed') - beyond - ready);
  const picked = open.take(of('picked') - beyond - ready - packed);
  const released = open.take(of('released') - beyond - ready - packed - picked);
  const reserved = open.take(of('allocated') - ready - packed - picked - released);
  const backordered = open.take(of('backordered'));
  const units: Readonly<Record<UnitState, number>> = {
    ordered: open.left,
    backordered,
    reserved,
    released,
    picked,
    packed,
    ready_for_pickup: ready,
    dispatched: handedOver - returned - arrived,
    picked_up: pickedUp,
    delivered: arrived - pickedUp,
    returned,
    cancelled: of('cancelled'),
  };
  return unitStates.map((state) => ({ state, qty: units[state] })).filter(({ qty }) => qty > 0);
}

/** Units that are not accounted for yet. */
class Rest {
  constructor(public left: number) {}

  take(wanted: number): number {
    const taken = clamp(wanted, this.left);
    this.left -= taken;
    return taken;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
