import type { Team } from '#domain';
import type { Blocker } from './blockers.js';
import { type OrderStatus, orderStatuses } from './status.js';

/** Who has the next move; the names stand in the API. */
export const owners = [
  'nobody',
  'customer',
  'customer_service',
  'fraud_team',
  'finance',
  'payment_service',
  'order_management',
  'inventory_planning',
  'warehouse',
  'store',
  'carrier',
  'integration',
] as const;

export type Owner = (typeof owners)[number];

/** What says by when: the kind of date that is due. */
export type Clock =
  | 'none'
  | 'promise'
  | 'pick_due'
  | 'pickup_expiry'
  | 'authorization_expiry'
  | 'stock_expected'
  | 'refund_expected'
  | 'evidence_due'
  | 'exception_due';

export interface NextStep {
  readonly owner: Owner;
  readonly clock: Clock;
}

const step = (owner: Owner, clock: Clock = 'none'): NextStep => ({ owner, clock });

type StepByStatus = Readonly<Record<OrderStatus, NextStep>>;

/** Who acts where nothing blocks the order. */
const unblocked: StepByStatus = {
  unknown: step('integration'),
  captured: step('warehouse', 'pick_due'),
  cancelled: step('nobody'),
  ready_for_pickup: step('customer', 'pickup_expiry'),
  partly_dispatched: step('warehouse', 'pick_due'),
  dispatched: step('carrier', 'promise'),
  partly_delivered: step('carrier', 'promise'),
  delivered: step('nobody'),
  returned: step('nobody'),
};

/** The same step wherever the order is, but for some statuses. */
function everywhere(next: NextStep, but: Partial<StepByStatus> = {}): StepByStatus {
  return Object.fromEntries(
    orderStatuses.map((status) => [status, but[status] ?? next]),
  ) as StepByStatus;
}

/** The step only while units are still to be handed over; later the blocker stops nothing. */
function untilSent(next: NextStep, but: Partial<StepByStatus> = {}): StepByStatus {
  return {
    ...unblocked,
    unknown: next,
    captured: next,
    ready_for_pickup: next,
    partly_dispatched: next,
    ...but,
  };
}

/**
 * The one table of who acts next: status by blocker, with the kind of date by which. A new blocker
 * or status is a row or a column here, and the compiler asks for it.
 */
export const nextSteps: Readonly<Record<Blocker | 'none', StepByStatus>> = {
  none: unblocked,
  dispute_open: everywhere(step('finance', 'evidence_due')),
  order_missing: everywhere(step('integration')),
  fraud_confirmed: untilSent(step('fraud_team'), {
    dispatched: step('fraud_team'),
    partly_delivered: step('fraud_team'),
  }),
  fraud_review: untilSent(step('fraud_team', 'promise')),
  on_hold: untilSent(step('order_management', 'promise'), {
    ready_for_pickup: step('store', 'pickup_expiry'),
  }),
  check_failed: untilSent(step('customer_service', 'promise')),
  payment_missing: untilSent(step('payment_service', 'promise')),
  authorization_expired: untilSent(step('payment_service', 'promise')),
  authorization_failed: untilSent(step('customer', 'promise')),
  stock_unfillable: untilSent(step('inventory_planning', 'promise')),
  backordered: untilSent(step('inventory_planning', 'stock_expected')),
  inquiry_open: everywhere(step('finance', 'evidence_due')),
  exception_open: everywhere(step('customer_service', 'exception_due')),
  refund_failed: everywhere(step('finance', 'refund_expected')),
  refund_owed: everywhere(step('finance', 'refund_expected')),
};

/** Whose move the exceptions of a team are. */
const ownerOfTeam: Readonly<Record<Team, Owner>> = {
  customer_service: 'customer_service',
  finance: 'finance',
  operations: 'order_management',
  integration: 'integration',
};

/**
 * Who acts next, by the status and the first of the blockers. An exception names the team that acts
 * on it; one that goes by no name known here is customer service's.
 *
 * @param exceptionTeam the team of the exception that is due first, where one is open
 */
export function nextStepOf(
  status: OrderStatus,
  blockers: readonly Blocker[],
  exceptionTeam?: string,
): NextStep {
  const [blocker = 'none'] = blockers;
  const next = nextSteps[blocker][status];
  if (blocker !== 'exception_open' || exceptionTeam === undefined) return next;
  const teams: Readonly<Record<string, Owner>> = ownerOfTeam;
  const named = owners.find((owner) => owner === exceptionTeam) ?? teams[exceptionTeam];
  return named === undefined ? next : { ...next, owner: named };
}
