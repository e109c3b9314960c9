import type { OrderHeader } from './queries.js';
import { openStatuses } from './status.js';

/** What is broken or may break soon; the names stand in the API. */
export type RiskKind =
  | 'promise_broken'
  | 'promise_at_risk'
  | 'promise_missed'
  | 'pick_overdue'
  | 'pick_due_soon'
  | 'pickup_expired'
  | 'pickup_expires_soon'
  | 'authorization_expired'
  | 'authorization_expires_soon'
  | 'stock_overdue'
  | 'refund_overdue'
  | 'evidence_overdue'
  | 'evidence_due_soon'
  | 'exception_overdue';

/** A date that passed, or passes within {@link soonHours}. */
export interface Risk {
  readonly risk: RiskKind;
  /** A day or an instant, as its source wrote it. */
  readonly dueAt: string;
}

/** So long before its date something is at risk. */
export const soonHours = 48;

type DueDates = Pick<
  OrderHeader,
  | 'status'
  | 'promised'
  | 'deliveredAt'
  | 'pickDueAt'
  | 'pickupExpiresAt'
  | 'authorizationExpiresAt'
  | 'stockExpectedAt'
  | 'refundExpectedAt'
  | 'evidenceDueAt'
  | 'exceptionDueAt'
>;

/** What is told where a date has passed, and where it is near. */
const risksByDate: readonly (readonly [keyof DueDates, RiskKind, RiskKind | null])[] = [
  ['pickDueAt', 'pick_overdue', 'pick_due_soon'],
  ['pickupExpiresAt', 'pickup_expired', 'pickup_expires_soon'],
  ['authorizationExpiresAt', 'authorization_expired', 'authorization_expires_soon'],
  ['stockExpectedAt', 'stock_overdue', null],
  ['refundExpectedAt', 'refund_overdue', null],
  ['evidenceDueAt', 'evidence_overdue', 'evidence_due_soon'],
  ['exceptionDueAt', 'exception_overdue', null],
];

/**
 * What of an order is broken or at risk by a clock. Only dates are stored: whether one has passed is
 * nothing a fact tells, and so it is told when it is asked.
 *
 * @param asOf the instant of the clock, `YYYY-MM-DDTHH:MM:SS.sssZ`
 */
export function risksOf(header: DueDates, asOf: string): readonly Risk[] {
  const dated = risksByDate.flatMap(([field, late, near]) =>
    riskOf(header[field], asOf, late, near),
  );
  return [...promiseRisks(header, asOf), ...dated];
}

function promiseRisks({ status, promised, deliveredAt }: DueDates, asOf: string): readonly Risk[] {
  if (promised === null) return [];
  if (deliveredAt !== null) {
    const isMissed = deliveredAt > endOf(promised);
    return isMissed ? [{ risk: 'promise_missed', dueAt: promised }] : [];
  }
  const isOpen = (openStatuses as readonly string[]).includes(status);
  return isOpen ? riskOf(promised, asOf, 'promise_broken', 'promise_at_risk') : [];
}

function riskOf(
  dueAt: string | null,
  asOf: string,
  late: RiskKind,
  near: RiskKind | null,
): readonly Risk[] {
  if (dueAt === null) return [];
  if (asOf > endOf(dueAt)) return [{ risk: late, dueAt }];
  const soon = new Date(Date.parse(asOf) + soonHours * 3_600_000).toISOString();
  return near !== null && soon > endOf(dueAt) ? [{ risk: near, dueAt }] : [];
}

/** A day is over when it ends; which zone's day was meant nobody says, so it is that of UTC. */
function endOf(dayOrInstant: string): string {
  return dayOrInstant.length === 'YYYY-MM-DD'.length
    ? `${dayOrInstant}T23:59:59.999Z`
    : dayOrInstant;
}
