import { fact } from '../../fixtures/facts.js';
import { order, owner, stock, told, at, units } from './order-facts.js';

export const soft = { authority: 'oms', reservation: 'so', line: '1' };
export const reserved = told('StockSoftReserved', stock, {
  ...soft,
  order,
  orderLine: 'A',
  owner,
  ...units(2),
  reservedUntil: '2026-03-03T10:00:00.000Z',
});
export const letGo = (release: string, qty: number) =>
  told('StockReservationReleased', stock, { ...soft, release, ...units(qty) }, 3);
export const unfillable = told('StockReservationUnfillable', stock, {
  authority: 'oms',
  allocation: 'al',
  line: '1',
  shortfall: 's',
  order,
  orderLine: 'A',
  ...units(1),
});
export const waiting = { authority: 'oms', backorder: 'bo', line: '1' };
export const backordered = told('StockBackordered', stock, {
  ...waiting,
  order,
  orderLine: 'A',
  owner,
  ...units(2),
});
export const filled = (fill: string, qty: number) =>
  told('BackorderFilled', stock, { ...waiting, fill, ...units(qty) }, 5);

export const transfer = 'transfer-dc1:1';
export const ofTransfer = { cause: 'transfer', transfer, transferLine: '1' } as const;
export const sent = told(
  'StockIssued',
  'inventory-mug:dc1',
  {
    owner,
    ...units(10),
    ...ofTransfer,
    destination: 'store',
    shipment: 'tr',
    line: '1',
    component: 0,
  },
  3,
);
export const cameIn = (receipt: string, qty: number) =>
  told(
    'StockReceived',
    stock,
    { owner, ...units(qty), ...ofTransfer, bucket: 'sellable', receipt, line: '1' },
    5,
  );
export const writtenOff = told(
  'StockWrittenOff',
  stock,
  {
    owner,
    bucket: 'in_transit',
    ...units(1),
    writeOff: 'w',
    line: '1',
    reason: 'lost_in_transit',
    transfer,
    transferLine: '1',
  },
  9,
);
export const resolved = told(
  'TransferVarianceResolved',
  transfer,
  {
    line: '1',
    resolution: 'v',
    sku: 'mug',
    found: 1,
    lost: 1,
    misshipped: 0,
    uom: 'each',
    approval: 'approval-oms:1',
  },
  8,
);

export const purchase = 'purchaseOrder-erp:1';
export const bought = (shipTo: 'node' | 'customer') =>
  told('PurchaseOrderIssued', purchase, {
    line: '1',
    supplier: 's7',
    legalEntity: 'de01',
    sku: 'mug',
    ...units(10),
    unitCost: { decimal: '1', currency: 'EUR' },
    shipTo,
    ...(shipTo === 'node' ? { node: 'store' } : { order, orderLine: 'A' }),
  });
export const promised = (confirmation: string, qty: number, day: number) =>
  told('PurchaseOrderConfirmed', purchase, { line: '1', confirmation, ...units(qty) }, day);
export const delivery = (receipt: string, qty: number) =>
  told(
    'StockReceived',
    stock,
    {
      owner,
      ...units(qty),
      cause: 'purchase',
      bucket: 'sellable',
      receipt,
      line: '1',
      purchaseOrder: purchase,
      purchaseOrderLine: '1',
    },
    7,
  );
export const receiptLine = {
  node: 'store',
  receipt: 'gr',
  line: '1',
  purchaseOrderLine: '1',
  uom: 'each',
};
export const mismatched = told('GoodsReceiptMismatched', purchase, {
  ...receiptLine,
  difference: 'over',
  expectedQty: 10,
  receivedQty: 12,
});
export const matched = told('GoodsReceiptMatched', purchase, { ...receiptLine, qty: 12 }, 9);

export const count = 'stockCount-wms:1';
export const counted = {
  line: '1',
  sku: 'mug',
  node: 'store',
  owner,
  bucket: 'sellable',
  uom: 'each',
};
export const variance = fact(
  'CountVarianceApproved',
  count,
  {
    ...counted,
    bucket: 'sellable',
    counted: 8,
    expected: 10,
    delta: -2,
    approval: 'approval-oms:2',
  },
  { account: 'wms', kind: 'decision', ...at(6) },
);
export const adjusted = (delta: number, more: { readonly approval?: string } = {}) =>
  told(
    'StockAdjusted',
    stock,
    {
      owner,
      bucket: 'sellable',
      delta,
      uom: 'each',
      adjustment: 'ad',
      line: '1',
      reason: 'count',
      stockCount: count,
      countLine: '1',
      ...more,
    },
    7,
  );
