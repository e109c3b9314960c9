import { backorderFilled } from './backorder-filled.js';
import { backorderReleased } from './backorder-released.js';
import { externalStockSnapshotReceived } from './external-stock-snapshot-received.js';
import { incomingStockExpected } from './incoming-stock-expected.js';
import { incomingStockRevised } from './incoming-stock-revised.js';
import { inventoryConfidenceScored } from './inventory-confidence-scored.js';
import { itemCostSet } from './item-cost-set.js';
import { safetyStockSet } from './safety-stock-set.js';
import { stockAdjusted } from './stock-adjusted.js';
import { stockAllocated } from './stock-allocated.js';
import { stockBackordered } from './stock-backordered.js';
import { stockBucketMoved } from './stock-bucket-moved.js';
import { stockDeallocated } from './stock-deallocated.js';
import { stockDiscrepancyDetected } from './stock-discrepancy-detected.js';
import { stockIssued } from './stock-issued.js';
import { stockReceived } from './stock-received.js';
import { stockReservationExpired } from './stock-reservation-expired.js';
import { stockReservationExtended } from './stock-reservation-extended.js';
import { stockReservationRejected } from './stock-reservation-rejected.js';
import { stockReservationReleased } from './stock-reservation-released.js';
import { stockReservationUnfillable } from './stock-reservation-unfillable.js';
import { stockSoftReserved } from './stock-soft-reserved.js';
import { stockWrittenOff } from './stock-written-off.js';

/** The events of stock and what it costs. */
export const inventoryEvents = {
  ItemCostSet: itemCostSet,
  StockReceived: stockReceived,
  StockAllocated: stockAllocated,
  StockDeallocated: stockDeallocated,
  StockIssued: stockIssued,
  StockSoftReserved: stockSoftReserved,
  StockReservationExtended: stockReservationExtended,
  StockReservationExpired: stockReservationExpired,
  StockReservationReleased: stockReservationReleased,
  StockReservationRejected: stockReservationRejected,
  StockReservationUnfillable: stockReservationUnfillable,
  StockBackordered: stockBackordered,
  BackorderFilled: backorderFilled,
  StockBucketMoved: stockBucketMoved,
  StockAdjusted: stockAdjusted,
  StockWrittenOff: stockWrittenOff,
  SafetyStockSet: safetyStockSet,
  IncomingStockExpected: incomingStockExpected,
  IncomingStockRevised: incomingStockRevised,
  ExternalStockSnapshotReceived: externalStockSnapshotReceived,
  StockDiscrepancyDetected: stockDiscrepancyDetected,
  InventoryConfidenceScored: inventoryConfidenceScored,
  BackorderReleased: backorderReleased,
} as const;
