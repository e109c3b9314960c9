import type { FindingCode, FindingFacts } from './finding-facts.js';

/** Who has to act on a finding. */
export type Team = 'customer_service' | 'finance' | 'operations' | 'integration';
export type Severity = 'info' | 'warning' | 'error';

/** Every oddity a set of facts can show, with who acts on it. */
const findingRegistry = {
  source_contradicts_itself: { severity: 'warning', team: 'integration' },
  witnesses_disagree: { severity: 'warning', team: 'finance' },
  source_not_authorised: { severity: 'info', team: 'integration' },
  correction_without_target: { severity: 'warning', team: 'integration' },
  correction_not_allowed: { severity: 'warning', team: 'integration' },
  dispatched_before_payment: { severity: 'warning', team: 'finance' },
  delivered_before_dispatch: { severity: 'warning', team: 'operations' },
  delivered_without_date: { severity: 'info', team: 'operations' },
  cancelled_yet_dispatched: { severity: 'error', team: 'operations' },
  cancelled_yet_delivered: { severity: 'error', team: 'customer_service' },
  order_without_lines: { severity: 'warning', team: 'customer_service' },
  payments_differ_from_order: { severity: 'warning', team: 'finance' },
  dispatched_more_than_ordered: { severity: 'error', team: 'operations' },
  order_line_unknown: { severity: 'warning', team: 'integration' },
  replacement_sent: { severity: 'info', team: 'operations' },
  currency_differs_from_order: { severity: 'error', team: 'finance' },
  legal_entity_differs: { severity: 'error', team: 'finance' },
  refund_exceeds_capture: { severity: 'error', team: 'finance' },
  refund_without_credit: { severity: 'warning', team: 'finance' },
  payment_not_applied: { severity: 'warning', team: 'finance' },
  allocation_overdrawn: { severity: 'error', team: 'operations' },
  several_surviving_orders: { severity: 'warning', team: 'customer_service' },
  shipped_twice_as_duplicate: { severity: 'error', team: 'operations' },
  hold_never_placed: { severity: 'info', team: 'integration' },
  dispatched_while_held: { severity: 'error', team: 'operations' },
  order_validation_failed: { severity: 'warning', team: 'customer_service' },
  dispatched_despite_failed_validation: { severity: 'error', team: 'operations' },
  not_acknowledged_by_erp: { severity: 'warning', team: 'integration' },
  fraud_confirmed_yet_dispatched: { severity: 'error', team: 'finance' },
  completed_with_open_units: { severity: 'warning', team: 'operations' },
  amendment_confirmed_and_declined: { severity: 'warning', team: 'customer_service' },
  price_differs: { severity: 'warning', team: 'finance' },
  fraud_cleared_and_confirmed: { severity: 'warning', team: 'finance' },
  tax_differs: { severity: 'warning', team: 'finance' },
  substituted_without_consent: { severity: 'error', team: 'customer_service' },
  captured_twice: { severity: 'error', team: 'finance' },
  captured_after_void: { severity: 'error', team: 'finance' },
  captured_after_expiry: { severity: 'warning', team: 'finance' },
  captured_above_authorization: { severity: 'error', team: 'finance' },
  authorization_expired_before_dispatch: { severity: 'warning', team: 'finance' },
  authorization_expires_while_held: { severity: 'info', team: 'finance' },
  refund_above_received_value: { severity: 'error', team: 'finance' },
  refunded_while_disputed: { severity: 'error', team: 'finance' },
  disputed_after_refund: { severity: 'warning', team: 'finance' },
  refund_rejected_yet_sent: { severity: 'error', team: 'finance' },
  forfeited_more_than_paid: { severity: 'error', team: 'finance' },
  refund_failed: { severity: 'error', team: 'customer_service' },
  refund_ahead_of_erp: { severity: 'warning', team: 'finance' },
  credit_without_refund: { severity: 'warning', team: 'customer_service' },
  exchange_not_balanced: { severity: 'warning', team: 'finance' },
  invoiced_twice: { severity: 'error', team: 'finance' },
  invoice_differs_from_performance: { severity: 'warning', team: 'finance' },
  credit_memo_without_order: { severity: 'warning', team: 'finance' },
  document_lines_untied: { severity: 'warning', team: 'finance' },
  supplier_invoice_mismatched: { severity: 'warning', team: 'finance' },
  erp_posting_rejected: { severity: 'error', team: 'finance' },
  posted_twice: { severity: 'error', team: 'finance' },
  reconciliation_break_open: { severity: 'warning', team: 'finance' },
  approval_missing: { severity: 'error', team: 'finance' },
  approval_exceeded: { severity: 'error', team: 'finance' },
  approved_by_requester: { severity: 'warning', team: 'finance' },
  settlement_differs_from_payment: { severity: 'warning', team: 'finance' },
  settled_movement_unknown: { severity: 'warning', team: 'finance' },
  gift_card_overdrawn: { severity: 'error', team: 'finance' },
  till_over_or_short: { severity: 'warning', team: 'finance' },
  pickup_released_before_stock: { severity: 'error', team: 'operations' },
  pickup_cancelled_yet_collected: { severity: 'error', team: 'operations' },
  pickup_expired_yet_collected: { severity: 'warning', team: 'operations' },
  lost_yet_delivered: { severity: 'error', team: 'customer_service' },
  lost_yet_returned_to_sender: { severity: 'warning', team: 'operations' },
  returned_to_sender_yet_delivered: { severity: 'error', team: 'customer_service' },
  voided_yet_dispatched: { severity: 'error', team: 'operations' },
  rejected_yet_picked: { severity: 'warning', team: 'operations' },
  fulfilment_accepted_and_rejected: { severity: 'warning', team: 'integration' },
  fulfilment_rejected_unplaced: { severity: 'error', team: 'operations' },
  packed_more_than_picked: { severity: 'warning', team: 'operations' },
  short_pick_open: { severity: 'error', team: 'operations' },
  return_declined_yet_received: { severity: 'warning', team: 'customer_service' },
  return_expired_yet_received: { severity: 'warning', team: 'customer_service' },
  return_units_missing: { severity: 'warning', team: 'customer_service' },
  returned_more_than_announced: { severity: 'info', team: 'customer_service' },
  returned_more_than_dispatched: { severity: 'error', team: 'customer_service' },
  returned_item_differs: { severity: 'error', team: 'customer_service' },
  disposed_more_than_received: { severity: 'warning', team: 'operations' },
  reservation_unfillable: { severity: 'error', team: 'operations' },
  soft_reservation_overdrawn: { severity: 'warning', team: 'operations' },
  backorder_overdrawn: { severity: 'warning', team: 'operations' },
  transfer_shortage_open: { severity: 'warning', team: 'operations' },
  transfer_received_more_than_sent: { severity: 'error', team: 'operations' },
  transfer_loss_not_written_off: { severity: 'warning', team: 'finance' },
  purchase_confirmed_short: { severity: 'warning', team: 'operations' },
  purchase_received_more_than_ordered: { severity: 'warning', team: 'operations' },
  drop_shipment_in_stock: { severity: 'error', team: 'operations' },
  goods_receipt_mismatched: { severity: 'warning', team: 'operations' },
  count_variance_not_adjusted: { severity: 'error', team: 'operations' },
  count_adjusted_unapproved: { severity: 'info', team: 'finance' },
  stock_discrepancy_open: { severity: 'warning', team: 'operations' },
} as const satisfies Readonly<
  Record<FindingCode, { readonly severity: Severity; readonly team: Team }>
>;

/** Something odd about a subject, as a function of the facts known; it goes when a fact explains it. */
export interface Finding {
  readonly code: FindingCode;
  /** Tells several findings of one code on one subject apart. */
  readonly key: string;
  readonly facts: FindingFacts[FindingCode];
  readonly severity: Severity;
  readonly team: Team;
  readonly eventIds: readonly string[];
}

export const findingCodes = Object.keys(findingRegistry) as readonly FindingCode[];

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingRegistry, code);
}

/** Who acts on a finding, and how urgently. */
export function urgencyOf(code: FindingCode): Pick<Finding, 'severity' | 'team'> {
  return findingRegistry[code];
}

/** A finding with the severity and the team its code has. */
export function findingOf<Code extends FindingCode>(
  code: Code,
  key: string,
  facts: FindingFacts[Code],
  eventIds: readonly string[],
): Finding {
  return { code, key, facts, eventIds: [...eventIds].sort(), ...urgencyOf(code) };
}
