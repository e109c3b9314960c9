import type { SubjectView } from '../subject-view.js';
import {
  linesNamed,
  type Milestone,
  milestoneOf,
  type ThingFacts,
  thingsOf,
  unitsByLine,
} from './things.js';

/** Where a pickup is. Goods that were collected are, whatever was cancelled. */
export const pickupStates = [
  'requested',
  'ready',
  'partly_collected',
  'collected',
  'expired',
  'cancelled',
] as const;
export type PickupState = (typeof pickupStates)[number];

/** Units of an order line that a customer collects. */
export interface PickupLine {
  readonly order: string;
  readonly orderLine: string;
  /** Units to be made ready; zero where only their collection is told. */
  readonly qty: number;
  readonly collected: number;
}

/** Goods that wait in a store for a customer. */
export interface Pickup {
  /** Its leaf. */
  readonly pickup: string;
  readonly node: string | null;
  readonly state: PickupState;
  readonly lines: readonly PickupLine[];
  /** When it has to be ready, a day or an instant. */
  readonly dueAt: string | null;
  /** Until when the goods are kept, a day or an instant. */
  readonly expiresAt: string | null;
  readonly bay: string | null;
  readonly created: Milestone | null;
  readonly ready: Milestone | null;
  readonly collected: Milestone | null;
  readonly expired: Milestone | null;
  readonly cancelled: Milestone | null;
  /** When picking it was too late. */
  readonly deadlineMissed: Milestone | null;
}

/** The pickups of the homes given. */
export function pickupsOf(view: SubjectView, attached: ReadonlySet<string>): readonly Pickup[] {
  return thingsOf(view, attached, [
    'PickupTaskCreated',
    'PickupReady',
    'PickupCompleted',
    'PickupExpired',
    'PickupCancelled',
  ]).map(pickupOf);
}

function pickupOf(facts: ThingFacts): Pickup {
  const [task] = facts.effective('PickupTaskCreated');
  const [ready] = facts.effective('PickupReady');
  const completions = facts.effective('PickupCompleted');
  const asked = unitsByLine(task === undefined ? [] : [task.event.data.lines]);
  const taken = unitsByLine(completions.map(({ event }) => event.data.lines));
  const lines = linesNamed(asked, taken).map(({ order, orderLine }) => ({
    order,
    orderLine,
    qty: asked.of(order, orderLine),
    collected: taken.of(order, orderLine),
  }));
  const milestones = {
    ready: milestoneOf(facts.effective('PickupReady')),
    collected: milestoneOf(completions),
    expired: milestoneOf(facts.effective('PickupExpired')),
    cancelled: milestoneOf(facts.effective('PickupCancelled')),
  };
  return {
    pickup: facts.leaf,
    node: task?.event.data.node ?? completions[0]?.event.data.node ?? null,
    state: stateOf(lines, milestones),
    lines,
    dueAt: task?.event.data.dueAt ?? null,
    expiresAt: ready?.event.data.expiresAt ?? null,
    bay: ready?.event.data.bay ?? null,
    created: milestoneOf(facts.effective('PickupTaskCreated')),
    ...milestones,
    deadlineMissed: milestoneOf(facts.effective('PickSlaMissed')),
  };
}

function stateOf(
  lines: readonly PickupLine[],
  reached: Pick<Pickup, 'ready' | 'collected' | 'expired' | 'cancelled'>,
): PickupState {
  if (reached.collected !== null) {
    const isWhole = lines.every(({ qty, collected }) => collected >= qty);
    return isWhole ? 'collected' : 'partly_collected';
  }
  if (reached.cancelled !== null) return 'cancelled';
  if (reached.expired !== null) return 'expired';
  return reached.ready === null ? 'requested' : 'ready';
}
