import type { Delivery } from '../fulfilment/delivery-state.js';
import type { Reservation } from '../inventory/reservation-state.js';
import type { PaymentApplication } from '../payments/payment-applications.js';
import type { Effective } from '../subject-view.js';
import type { OrderState } from './order-state.js';

/** What the findings of an order are judged by. */
export interface OrderEvidence {
  readonly state: OrderState;
  readonly deliveries: readonly Delivery[];
  /** The parts of effective payment events that belong to the order. */
  readonly authorized: readonly PaymentApplication<'PaymentAuthorized'>[];
  readonly captured: readonly PaymentApplication<'PaymentCaptured'>[];
  readonly refunded: readonly PaymentApplication<'RefundIssued'>[];
  readonly credits: readonly Effective<'CreditGranted'>[];
  /** The allocations for its lines. */
  readonly reservations: readonly Reservation[];
}
