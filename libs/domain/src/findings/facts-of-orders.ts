import type {
  By,
  Compared,
  ComparedAmounts,
  InOrder,
  Named,
  NoFacts,
  OfHold,
  OfLeaf,
  OfLine,
  Reported,
  Several,
  UnitsBeyond,
  UnitsOfLine,
} from './fact-shapes.js';

/** What is told besides its code of a finding about sources, or about an order and its lines. */
export interface FactsOfOrders {
  readonly source_contradicts_itself: Reported;
  readonly witnesses_disagree: Reported;
  readonly source_not_authorised: Reported;
  readonly correction_without_target: NoFacts;
  readonly correction_not_allowed: NoFacts;
  readonly dispatched_before_payment: InOrder;
  readonly delivered_before_dispatch: InOrder;
  readonly delivered_without_date: NoFacts;
  readonly cancelled_yet_dispatched: NoFacts;
  readonly cancelled_yet_delivered: NoFacts;
  readonly order_without_lines: NoFacts;
  readonly dispatched_more_than_ordered: OfLine & UnitsBeyond;
  readonly order_line_unknown: OfLine;
  readonly replacement_sent: UnitsOfLine;
  readonly currency_differs_from_order: Compared<string>;
  readonly legal_entity_differs: Compared<string>;
  readonly several_surviving_orders: OfLeaf;
  readonly shipped_twice_as_duplicate: Several;
  readonly hold_never_placed: Named;
  readonly dispatched_while_held: OfHold;
  readonly order_validation_failed: By & { readonly errors: readonly string[] };
  readonly dispatched_despite_failed_validation: By;
  readonly not_acknowledged_by_erp: NoFacts;
  readonly fraud_confirmed_yet_dispatched: NoFacts;
  readonly fraud_cleared_and_confirmed: Named & By;
  readonly completed_with_open_units: UnitsOfLine;
  readonly amendment_confirmed_and_declined: Named;
  readonly price_differs: OfLine & ComparedAmounts & By;
  readonly tax_differs: OfLine & ComparedAmounts & By;
  readonly substituted_without_consent: OfLine & { readonly inPlaceOf: string };
}
