import { contractBalanceTransferred } from './contract-balance-transferred.js';
import { contractBalanceWrittenOff } from './contract-balance-written-off.js';
import { creditGranted } from './credit-granted.js';
import { customerContactReceived } from './customer-contact-received.js';
import { customerNotified } from './customer-notified.js';
import { depositForfeited } from './deposit-forfeited.js';
import { externalReferenceAttached } from './external-reference-attached.js';
import { externalReferenceDetached } from './external-reference-detached.js';
import { fraudCleared } from './fraud-cleared.js';
import { fraudConfirmed } from './fraud-confirmed.js';
import { fraudReviewRequested } from './fraud-review-requested.js';
import { orderAcknowledgedByErp } from './order-acknowledged-by-erp.js';
import { orderAmendmentConfirmed } from './order-amendment-confirmed.js';
import { orderAmendmentDeclined } from './order-amendment-declined.js';
import { orderAmendmentRequested } from './order-amendment-requested.js';
import { orderCancelled } from './order-cancelled.js';
import { orderCaptured } from './order-captured.js';
import { orderCompleted } from './order-completed.js';
import { orderHoldPlaced } from './order-hold-placed.js';
import { orderHoldReleased } from './order-hold-released.js';
import { orderLineCancelled } from './order-line-cancelled.js';
import { orderLineSubstituted } from './order-line-substituted.js';
import { orderMarkedDuplicate } from './order-marked-duplicate.js';
import { orderMergeReverted } from './order-merge-reverted.js';
import { orderNoteAdded } from './order-note-added.js';
import { orderReleased } from './order-released.js';
import { orderValidated } from './order-validated.js';
import { orderValidationFailed } from './order-validation-failed.js';
import { priceMismatchDetected } from './price-mismatch-detected.js';
import { promiseDateSet } from './promise-date-set.js';
import { taxDetermined } from './tax-determined.js';

/** The events of an order. */
export const orderEvents = {
  OrderCaptured: orderCaptured,
  OrderCancelled: orderCancelled,
  OrderLineCancelled: orderLineCancelled,
  PromiseDateSet: promiseDateSet,
  CreditGranted: creditGranted,
  ExternalReferenceAttached: externalReferenceAttached,
  OrderValidated: orderValidated,
  OrderValidationFailed: orderValidationFailed,
  OrderAcknowledgedByErp: orderAcknowledgedByErp,
  OrderHoldPlaced: orderHoldPlaced,
  OrderHoldReleased: orderHoldReleased,
  FraudReviewRequested: fraudReviewRequested,
  FraudCleared: fraudCleared,
  FraudConfirmed: fraudConfirmed,
  OrderReleased: orderReleased,
  OrderAmendmentRequested: orderAmendmentRequested,
  OrderAmendmentConfirmed: orderAmendmentConfirmed,
  OrderAmendmentDeclined: orderAmendmentDeclined,
  OrderLineSubstituted: orderLineSubstituted,
  CustomerNotified: customerNotified,
  OrderNoteAdded: orderNoteAdded,
  OrderCompleted: orderCompleted,
  OrderMarkedDuplicate: orderMarkedDuplicate,
  OrderMergeReverted: orderMergeReverted,
  ExternalReferenceDetached: externalReferenceDetached,
  CustomerContactReceived: customerContactReceived,
  PriceMismatchDetected: priceMismatchDetected,
  ContractBalanceTransferred: contractBalanceTransferred,
  ContractBalanceWrittenOff: contractBalanceWrittenOff,
  DepositForfeited: depositForfeited,
  TaxDetermined: taxDetermined,
} as const;
