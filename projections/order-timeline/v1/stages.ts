import type { EventType } from '#events';

/**
 * In which order people tell what happened at one instant: an order is placed before it is promised,
 * and goods leave the stock before they leave the house. Types of one row are told in its order too.
 */
const stages = [
  ['LedgerOpened', 'SourceAuthoritySet', 'LocationOpened', 'RuleSetProposed', 'RuleSetApproved'],
  ['RuleSetActivated', 'ExchangeRateSet', 'ItemCostSet', 'SafetyStockSet', 'PeriodReopened'],
  ['IntegrationOutageStarted', 'TillOpened', 'NodeCapacityReported', 'GiftCardIssued'],
  // Goods come in.
  ['ReplenishmentTriggered', 'PurchaseOrderIssued', 'PurchaseOrderConfirmed'],
  ['IncomingStockExpected', 'IncomingStockRevised', 'SupplierShipmentNotified'],
  ['TransferRequested', 'TransferShipped', 'TransferReceived', 'TransferVarianceResolved'],
  ['StockReceived', 'GoodsReceiptMatched', 'GoodsReceiptMismatched', 'BackorderFilled'],
  // An order is placed, checked and approved.
  ['CustomerContactReceived', 'ExchangeOpened', 'OrderCaptured', 'ExternalReferenceAttached'],
  ['ExternalReferenceDetached', 'TaxDetermined', 'PriceMismatchDetected'],
  ['OrderValidated', 'OrderValidationFailed', 'OrderAcknowledgedByErp'],
  ['ApprovalRequested', 'ApprovalDenied', 'ApprovalGranted'],
  ['FraudReviewRequested', 'FraudConfirmed', 'FraudCleared', 'OrderHoldPlaced'],
  ['PaymentAuthorizationFailed', 'PaymentAuthorized', 'OrderHoldReleased'],
  ['OrderMarkedDuplicate', 'OrderMergeReverted', 'OrderAmendmentRequested'],
  ['OrderAmendmentDeclined', 'OrderAmendmentConfirmed', 'OrderLineSubstituted'],
  // It is promised, and stock is found for it.
  ['PromiseDateSet', 'StockSoftReserved', 'StockReservationRejected', 'StockAllocated'],
  ['StockBackordered', 'BackorderReleased', 'StockReservationExtended'],
  ['SourcingDecided', 'OrderReleased', 'ReleaseWindowMissed'],
  ['FulfilmentRequested', 'FulfilmentRejected', 'FulfilmentAccepted', 'FulfilmentRerouted'],
  // It is got ready and handed over.
  ['PickupTaskCreated', 'PickSlaMissed', 'ItemShortPicked', 'StockReservationUnfillable'],
  ['ItemsPicked', 'StockIssued', 'ItemsPacked', 'ShippingLabelGenerated'],
  ['PickupReady', 'PaymentCaptureFailed', 'PaymentCaptured', 'GiftCardRedeemed'],
  ['ShipmentDispatched', 'ShipmentScanned', 'DeliveryDelayed', 'DeliveryAttemptFailed'],
  ['ShipmentLost', 'ShipmentReturnedToSender', 'ShipmentDelivered', 'PickupCompleted'],
  // What does not come to that is called off.
  ['PickupExpired', 'PickupCancelled', 'OrderLineCancelled', 'OrderCancelled', 'PosVoided'],
  ['ShipmentVoided', 'StockReservationExpired', 'StockReservationReleased', 'StockDeallocated'],
  ['PaymentAuthorizationExpired', 'PaymentAuthorizationReleased', 'PaymentVoided'],
  // It is invoiced.
  ['RevenueRecognized', 'InvoiceIssued', 'CarrierInvoiceReceived', 'SupplierInvoiceReceived'],
  ['SupplierInvoiceMatched', 'SupplierInvoiceMismatched', 'SupplierCreditNoteReceived'],
  // Goods come back, and then money.
  ['ReturnRequested', 'ReturnRiskScored', 'ReturnDeclined', 'ReturnAuthorized'],
  ['ReturnInTransit', 'ReturnExpired', 'ReturnReceived', 'ReturnItemInspected'],
  ['ReturnItemDisposed', 'ExchangeSettled', 'CreditGranted', 'CreditMemoIssued'],
  ['ContractBalanceTransferred', 'ContractBalanceWrittenOff', 'DepositForfeited'],
  ['RefundRequested', 'RefundRejected', 'RefundApproved', 'RefundIssued', 'GiftCardRefunded'],
  ['RefundFailed', 'RefundReversed', 'GiftCardExpired'],
  // Others dispute it.
  ['DisputeOpened', 'DisputeFundsWithdrawn', 'DisputeEvidenceDue', 'SecondChargebackReceived'],
  ['DisputeWon', 'DisputeLost', 'DisputeFundsReinstated', 'DisputeClosedByRefund'],
  ['CarrierClaimFiled', 'CarrierClaimRejected', 'CarrierClaimAccepted', 'CarrierClaimPaid'],
  // It is watched, counted and settled.
  ['ExceptionRaised', 'ExceptionAssigned', 'ExceptionSlaBreached', 'ExceptionEscalated'],
  ['RecommendationMade', 'RecommendationOverridden', 'ExceptionResolved'],
  ['CycleCountStarted', 'CycleCountRecorded', 'CountVarianceApproved', 'StockAdjusted'],
  ['StockBucketMoved', 'StockWrittenOff', 'ExternalStockSnapshotReceived'],
  ['StockDiscrepancyDetected', 'InventoryConfidenceScored'],
  ['TillClosed', 'CashDeposited', 'SettlementLineReported', 'PayoutReceived'],
  ['ReconciliationMatched', 'ReconciliationBreakFound', 'BreakResolved'],
  ['ManualEntryApproved', 'ErpPostingRequested', 'ErpPostingRejected', 'ErpPostingConfirmed'],
  ['ErpDocumentObserved', 'SourceControlTotalReceived', 'IntegrationOutageEnded'],
  // What is said of it comes last.
  ['OrderCompleted', 'CustomerNotified', 'OrderNoteAdded', 'PeriodClosed'],
  ['ErasureRequested', 'ErasureDeferred', 'SubjectKeyDestroyed', 'ErasureCompleted'],
  ['EventCorrected', 'SealPublished'],
] as const satisfies readonly (readonly EventType[])[];

type Placed = (typeof stages)[number][number];

/** The compiler lists the events that have no place above. */
type Whole = [Exclude<EventType, Placed>] extends [never]
  ? readonly EventType[]
  : { readonly missing: Exclude<EventType, Placed> };

const order: Whole = stages.flat();

/** Three digits each, so that texts compare as numbers do. */
const stageByType = Object.fromEntries(
  order.map((type, place) => [type, String(place).padStart(3, '0')]),
) as Readonly<Record<EventType, string>>;

/** Where an event of this type stands among those of the same instant: ASCII digits that compare. */
export function stageOf(type: EventType): string {
  return stageByType[type];
}
