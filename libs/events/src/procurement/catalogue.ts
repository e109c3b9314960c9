import { purchaseOrderConfirmed } from './purchase-order-confirmed.js';
import { purchaseOrderIssued } from './purchase-order-issued.js';
import { replenishmentTriggered } from './replenishment-triggered.js';
import { supplierShipmentNotified } from './supplier-shipment-notified.js';

/** The events of what is bought from suppliers. */
export const procurementEvents = {
  ReplenishmentTriggered: replenishmentTriggered,
  PurchaseOrderIssued: purchaseOrderIssued,
  PurchaseOrderConfirmed: purchaseOrderConfirmed,
  SupplierShipmentNotified: supplierShipmentNotified,
} as const;
