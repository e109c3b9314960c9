import { creditGranted } from './credit-granted.js';
import { externalReferenceAttached } from './external-reference-attached.js';
import { orderCancelled } from './order-cancelled.js';
import { orderCaptured } from './order-captured.js';
import { orderLineCancelled } from './order-line-cancelled.js';
import { promiseDateSet } from './promise-date-set.js';

/** The events of an order. */
export const orderEvents = {
  OrderCaptured: orderCaptured,
  OrderCancelled: orderCancelled,
  OrderLineCancelled: orderLineCancelled,
  PromiseDateSet: promiseDateSet,
  CreditGranted: creditGranted,
  ExternalReferenceAttached: externalReferenceAttached,
} as const;
