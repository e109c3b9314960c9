import type {
  By,
  Compared,
  ComparedUnits,
  Described,
  NoFacts,
  OfLine,
  OfParcel,
  OfReturnedGoods,
  OfUnits,
  UnitsBeyond,
  UnitsOfLine,
} from './fact-shapes.js';

/** What is told besides its code of a finding about goods and stock. */
export interface FactsOfGoods {
  readonly allocation_overdrawn: UnitsBeyond;
  readonly pickup_released_before_stock: OfLine & ComparedUnits;
  readonly pickup_cancelled_yet_collected: NoFacts;
  readonly pickup_expired_yet_collected: NoFacts;
  readonly lost_yet_delivered: OfParcel;
  readonly lost_yet_returned_to_sender: OfParcel;
  readonly returned_to_sender_yet_delivered: OfParcel;
  readonly voided_yet_dispatched: OfParcel;
  readonly rejected_yet_picked: NoFacts;
  readonly fulfilment_accepted_and_rejected: NoFacts;
  readonly fulfilment_rejected_unplaced: UnitsOfLine;
  readonly packed_more_than_picked: OfLine & ComparedUnits;
  readonly short_pick_open: UnitsOfLine;
  readonly return_declined_yet_received: NoFacts;
  readonly return_expired_yet_received: NoFacts;
  readonly return_units_missing: OfReturnedGoods & OfUnits;
  readonly returned_more_than_announced: OfReturnedGoods & ComparedUnits;
  readonly returned_more_than_dispatched: OfLine & ComparedUnits;
  /** The SKU that came, and those that the line sold; the line is null where none is named. */
  readonly returned_item_differs: Compared<readonly string[]> & Pick<OfReturnedGoods, 'orderLine'>;
  readonly disposed_more_than_received: OfReturnedGoods & ComparedUnits;
  readonly reservation_unfillable: OfUnits & { readonly uom: string };
  readonly soft_reservation_overdrawn: UnitsBeyond;
  readonly backorder_overdrawn: UnitsBeyond;
  /** The units are those still on their way. */
  readonly transfer_shortage_open: ComparedUnits & OfUnits;
  readonly transfer_received_more_than_sent: ComparedUnits;
  readonly transfer_loss_not_written_off: ComparedUnits;
  readonly purchase_confirmed_short: ComparedUnits;
  readonly purchase_received_more_than_ordered: ComparedUnits;
  readonly drop_shipment_in_stock: OfUnits;
  readonly goods_receipt_mismatched: ComparedUnits & Described;
  readonly count_variance_not_adjusted: ComparedUnits;
  readonly count_adjusted_unapproved: OfUnits;
  readonly stock_discrepancy_open: ComparedUnits & By & { readonly measure: string };
}
