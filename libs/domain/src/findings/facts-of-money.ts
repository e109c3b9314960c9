import type { EventType } from '#events';
import type {
  Amount,
  ComparedAmounts,
  Described,
  Disputed,
  Named,
  NoFacts,
  OfAmount,
  OfHold,
  OfLeaf,
  OfUnits,
  Several,
  Until,
} from './fact-shapes.js';

/** What is told besides its code of a finding about money, its documents and who allowed it. */
export interface FactsOfMoney {
  readonly payments_differ_from_order: ComparedAmounts;
  readonly refund_exceeds_capture: ComparedAmounts;
  readonly refund_without_credit: NoFacts;
  readonly payment_not_applied: OfAmount;
  readonly captured_twice: OfAmount & { readonly times: number; readonly overpaid: Amount };
  readonly captured_after_void: NoFacts;
  readonly captured_after_expiry: NoFacts;
  readonly captured_above_authorization: ComparedAmounts;
  /** The amount where its end was reported, else until when it could have been captured. */
  readonly authorization_expired_before_dispatch: OfAmount | Until;
  readonly authorization_expires_while_held: OfHold & Until;
  /** The units are those that were received, the expected amount what they are worth. */
  readonly refund_above_received_value: ComparedAmounts & OfUnits;
  readonly refunded_while_disputed: Disputed;
  readonly disputed_after_refund: Disputed;
  readonly refund_rejected_yet_sent: NoFacts;
  readonly forfeited_more_than_paid: ComparedAmounts;
  readonly refund_failed: OfAmount;
  readonly refund_ahead_of_erp: ComparedAmounts;
  readonly credit_without_refund: OfAmount;
  readonly exchange_not_balanced: ComparedAmounts;
  readonly invoiced_twice: Several;
  readonly invoice_differs_from_performance: ComparedAmounts;
  readonly credit_memo_without_order: OfAmount;
  readonly document_lines_untied: OfLeaf & {
    readonly untied: number;
    readonly lines: number;
    readonly orders: number;
  };
  readonly supplier_invoice_mismatched: ComparedAmounts & Described;
  readonly erp_posting_rejected: OfLeaf & { readonly attempt: number; readonly reason: string };
  readonly posted_twice: OfLeaf & { readonly times: number };
  readonly reconciliation_break_open: ComparedAmounts;
  /** What was done by it, and whether it was denied. */
  readonly approval_missing: OfLeaf & {
    readonly types: readonly EventType[];
    readonly isDenied: boolean;
  };
  readonly approval_exceeded: OfLeaf & ComparedAmounts;
  readonly approved_by_requester: OfLeaf;
  readonly settlement_differs_from_payment: ComparedAmounts;
  readonly settled_movement_unknown: Named;
  readonly gift_card_overdrawn: {
    readonly redeemed: Amount;
    readonly issued: Amount;
    readonly refunded: Amount;
    readonly expired: Amount;
  };
  readonly till_over_or_short: ComparedAmounts & { readonly tender: string };
}
