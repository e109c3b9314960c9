/** A row of `olist_orders_dataset.csv`; a time that is not known is the empty text. */
export interface OlistOrderRow {
  readonly order_id: string;
  readonly customer_id: string;
  readonly order_status: string;
  readonly order_purchase_timestamp: string;
  readonly order_approved_at: string;
  readonly order_delivered_carrier_date: string;
  readonly order_delivered_customer_date: string;
  readonly order_estimated_delivery_date: string;
}

/** A row of `olist_order_items_dataset.csv`: one unit of one product. */
export interface OlistItemRow {
  readonly order_id: string;
  readonly order_item_id: string;
  readonly product_id: string;
  readonly price: string;
  readonly freight_value: string;
}

/** A row of `olist_order_payments_dataset.csv`: one of the ways an order was paid. */
export interface OlistPaymentRow {
  readonly order_id: string;
  readonly payment_sequential: string;
  readonly payment_type: string;
  readonly payment_value: string;
}

/** A row of `olist_customers_dataset.csv`. */
export interface OlistCustomerRow {
  readonly customer_id: string;
  readonly customer_unique_id: string;
  readonly customer_zip_code_prefix: string;
  readonly customer_city: string;
  readonly customer_state: string;
}

/** An order with every row that names it, in the order of the files. */
export interface OlistOrder {
  readonly order: OlistOrderRow;
  readonly customer: OlistCustomerRow | undefined;
  readonly items: readonly OlistItemRow[];
  readonly payments: readonly OlistPaymentRow[];
}
