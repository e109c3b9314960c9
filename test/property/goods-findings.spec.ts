import { describe, expect, it } from 'vitest';
import {
  attachedHomes,
  findingCodes,
  goodsFindings,
  type Report,
  reportOf,
  subjectViewOf,
} from '#domain';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { plainReference } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const owner = { kind: 'legal_entity', id: 'de01' };
const units = (qty: number) => ({ qty, uom: 'each' });
const line = (qty: number) => ({ order, orderLine: 'A', qty });

function at(day: number): { readonly at: string } {
  return { at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z` };
}

/** A fact on a leaf, told by whoever issued its id. */
function told<Type extends EventType>(
  type: Type,
  leaf: string,
  data: EventData<Type>,
  day = 2,
): AnyLedgerEvent {
  const account = /^[a-zA-Z]+-([^:]+)/.exec(leaf)?.[1] ?? 'shop';
  return fact(type, leaf, data, { account, ...at(day) });
}

function withdrawn(target: AnyLedgerEvent): AnyLedgerEvent {
  const { leaf, eventId, type, account } = target;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction: 'c1', reason: 'did_not_occur' },
    { account, ...at(28) },
  );
}

const captured = told('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: 'A',
      kind: 'goods',
      sku: 'mug',
      ...units(2),
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});
const stock = 'inventory-mug:store';
const allocation = { authority: 'oms', allocation: 'al', line: '1' };
const allocated = (day: number, qty = 2) =>
  told(
    'StockAllocated',
    stock,
    { ...allocation, order, orderLine: 'A', owner, ...units(qty) },
    day,
  );
const deallocated = (qty: number) =>
  told('StockDeallocated', stock, { ...allocation, deallocation: 'd', ...units(qty) }, 9);
const cancelled = (qty: number) =>
  told('OrderLineCancelled', order, { line: 'A', qty, cancellation: 'x' }, 9);

const pickup = 'pickup-pos:7';
const task = told('PickupTaskCreated', pickup, { node: 'store', lines: [line(2)] });
const ready = told('PickupReady', pickup, {}, 4);
const collected = told('PickupCompleted', pickup, { lines: [line(2)] }, 6);

const shipment = 'shipment-wms:1';
const parcel = { carrier: 'dhl', tracking: 'T1' };
const dispatched = told(
  'ShipmentDispatched',
  shipment,
  { kind: 'original', lines: [line(2)], trackings: [parcel] },
  3,
);
const delivered = told('ShipmentDelivered', shipment, parcel, 5);
const lost = told('ShipmentLost', shipment, parcel, 8);
const sentBack = told('ShipmentReturnedToSender', shipment, parcel, 9);
const voided = (tracking: string) => told('ShipmentVoided', shipment, { tracking }, 4);

const work = 'fulfilment-oms:1';
const otherWork = 'fulfilment-oms:2';
const requested = (leaf: string, node: string, day = 2) =>
  told('FulfilmentRequested', leaf, { node, lines: [line(2)] }, day);
const accepted = told('FulfilmentAccepted', work, {}, 4);
const rejected = (day = 3) => told('FulfilmentRejected', work, { reason: 'closed' }, day);
const rerouted = told(
  'FulfilmentRerouted',
  work,
  { from: 'store', to: 'dc1', cause: 'rejected' },
  4,
);
const picked = (qty: number, day = 5) =>
  told('ItemsPicked', work, { lines: [line(qty)], picking: `p${day}` }, day);
const packed = (qty: number) => told('ItemsPacked', work, { lines: [line(qty)], carton: 'k' }, 6);
const shortPicked = told('ItemShortPicked', work, {
  ...line(1),
  sku: 'mug',
  node: 'store',
  reason: 'not_found',
});

const back = 'return-shop:1';
const returnAsked = told('ReturnRequested', back, { lines: [line(1)] }, 7);
const declined = told('ReturnDeclined', back, { reason: 'too_late' }, 8);
const expired = told('ReturnExpired', back, {}, 8);
const authorized = told('ReturnAuthorized', back, {}, 9);
const cameBack = (qty: number, more: { readonly sku?: string; readonly receipt?: string } = {}) =>
  told(
    'ReturnReceived',
    back,
    { node: 'store', receipt: 'r', line: '1', sku: 'mug', ...line(qty), ...more },
    10,
  );
const restocked = (qty: number) =>
  told(
    'ReturnItemDisposed',
    back,
    { disposal: 'd', line: '1', sku: 'mug', ...line(qty), disposition: 'restocked' },
    12,
  );

const soft = { authority: 'oms', reservation: 'so', line: '1' };
const reserved = told('StockSoftReserved', stock, {
  ...soft,
  order,
  orderLine: 'A',
  owner,
  ...units(2),
  reservedUntil: '2026-03-03T10:00:00.000Z',
});
const letGo = (release: string, qty: number) =>
  told('StockReservationReleased', stock, { ...soft, release, ...units(qty) }, 3);
const unfillable = told('StockReservationUnfillable', stock, {
  authority: 'oms',
  allocation: 'al',
  line: '1',
  shortfall: 's',
  order,
  orderLine: 'A',
  ...units(1),
});
const waiting = { authority: 'oms', backorder: 'bo', line: '1' };
const backordered = told('StockBackordered', stock, {
  ...waiting,
  order,
  orderLine: 'A',
  owner,
  ...units(2),
});
const filled = (fill: string, qty: number) =>
  told('BackorderFilled', stock, { ...waiting, fill, ...units(qty) }, 5);

const transfer = 'transfer-dc1:1';
const ofTransfer = { cause: 'transfer', transfer, transferLine: '1' } as const;
const sent = told(
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
const cameIn = (receipt: string, qty: number) =>
  told(
    'StockReceived',
    stock,
    { owner, ...units(qty), ...ofTransfer, bucket: 'sellable', receipt, line: '1' },
    5,
  );
const writtenOff = told(
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
const resolved = told(
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

const purchase = 'purchaseOrder-erp:1';
const bought = (shipTo: 'node' | 'customer') =>
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
const promised = (confirmation: string, qty: number, day: number) =>
  told('PurchaseOrderConfirmed', purchase, { line: '1', confirmation, ...units(qty) }, day);
const delivery = (receipt: string, qty: number) =>
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
const receiptLine = {
  node: 'store',
  receipt: 'gr',
  line: '1',
  purchaseOrderLine: '1',
  uom: 'each',
};
const mismatched = told('GoodsReceiptMismatched', purchase, {
  ...receiptLine,
  difference: 'over',
  expectedQty: 10,
  receivedQty: 12,
});
const matched = told('GoodsReceiptMatched', purchase, { ...receiptLine, qty: 12 }, 9);

const count = 'stockCount-wms:1';
const counted = { line: '1', sku: 'mug', node: 'store', owner, bucket: 'sellable', uom: 'each' };
const variance = fact(
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
const adjusted = (delta: number, more: { readonly approval?: string } = {}) =>
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

/** The findings about goods that a test is about; the others are about money, time or sources. */
const known = findingCodes.slice(
  findingCodes.indexOf('pickup_released_before_stock'),
  findingCodes.indexOf('count_adjusted_unapproved') + 1,
);

/** The codes of all findings about goods, of the order and of what belongs to none, once each. */
function findings(events: readonly AnyLedgerEvent[]): readonly string[] {
  const reports = [captured, ...events].map((event) => reportOf(event, plainReference));
  const homes = groupBy(reports, ({ keys }) => keys.home);
  const viewOf = (subject: string) =>
    subjectViewOf({ subject, homes, referenceHomes: new Map(), absorbed: [] }, plainReference);
  const ofOrder = viewOf(order);
  const attached = attachedHomes(ofOrder);
  const others = [...homes.keys()].filter((home) => !attached.has(home));
  const found = [
    ...goodsFindings(ofOrder, attached),
    ...others.flatMap((home) => goodsFindings(viewOf(home), new Set([home]))),
  ];
  const codes = new Set<string>(found.map(({ code }) => code));
  return known.filter((code) => codes.has(code));
}

/** The homes of the reports, as the projection engine keeps them. */
function groupBy(reports: readonly Report[], nameOf: (report: Report) => string) {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    groups.set(nameOf(report), [...(groups.get(nameOf(report)) ?? []), report]);
  }
  return groups;
}

type Case = readonly [
  code: (typeof known)[number],
  shown: readonly AnyLedgerEvent[],
  explained: readonly AnyLedgerEvent[],
];

const cases: readonly Case[] = [
  ['pickup_released_before_stock', [task, ready, allocated(5)], [task, ready, allocated(3)]],
  [
    'pickup_cancelled_yet_collected',
    [task, allocated(3), collected, told('PickupCancelled', pickup, {}, 5)],
    [task, allocated(3), collected],
  ],
  [
    'pickup_expired_yet_collected',
    [task, allocated(3), collected, told('PickupExpired', pickup, {}, 5)],
    [task, allocated(3), told('PickupExpired', pickup, {}, 5)],
  ],
  [
    'lost_yet_delivered',
    [dispatched, delivered, lost],
    [dispatched, delivered, lost, withdrawn(lost)],
  ],
  [
    'lost_yet_returned_to_sender',
    [dispatched, lost, sentBack],
    [dispatched, lost, sentBack, withdrawn(lost)],
  ],
  [
    'returned_to_sender_yet_delivered',
    [dispatched, delivered, sentBack],
    [dispatched, delivered, sentBack, withdrawn(delivered)],
  ],
  ['voided_yet_dispatched', [dispatched, voided('T1')], [dispatched, voided('T2')]],
  [
    'rejected_yet_picked',
    [requested(work, 'store'), rejected(), picked(2)],
    [requested(work, 'store'), rejected(), rerouted, picked(2)],
  ],
  [
    'fulfilment_accepted_and_rejected',
    [requested(work, 'store'), rejected(), accepted],
    [requested(work, 'store'), rejected(), rerouted, accepted],
  ],
  [
    'fulfilment_rejected_unplaced',
    [requested(work, 'store'), rejected()],
    [requested(work, 'store'), rejected(), requested(otherWork, 'dc1', 4)],
  ],
  ['packed_more_than_picked', [picked(1), packed(2)], [picked(1), packed(2), picked(1, 4)]],
  [
    'short_pick_open',
    [requested(work, 'store'), shortPicked, picked(1)],
    [requested(work, 'store'), shortPicked, picked(1), picked(1, 7)],
  ],
  [
    'return_declined_yet_received',
    [dispatched, returnAsked, declined, cameBack(1)],
    [dispatched, returnAsked, declined, authorized, cameBack(1)],
  ],
  [
    'return_expired_yet_received',
    [dispatched, returnAsked, expired, cameBack(1)],
    [dispatched, returnAsked, expired, authorized, cameBack(1)],
  ],
  [
    'return_units_missing',
    [dispatched, told('ReturnRequested', back, { lines: [line(2)] }, 7), cameBack(1)],
    [
      dispatched,
      told('ReturnRequested', back, { lines: [line(2)] }, 7),
      cameBack(1),
      cameBack(1, { receipt: 'r2' }),
    ],
  ],
  [
    'returned_more_than_announced',
    [dispatched, returnAsked, cameBack(2)],
    [dispatched, returnAsked, cameBack(1)],
  ],
  ['returned_more_than_dispatched', [cameBack(2)], [cameBack(2), dispatched]],
  [
    'returned_item_differs',
    [dispatched, cameBack(1, { sku: 'plate' })],
    [dispatched, cameBack(1, { sku: 'plate' }), withdrawn(cameBack(1, { sku: 'plate' }))],
  ],
  [
    'disposed_more_than_received',
    [dispatched, cameBack(1), restocked(2)],
    [dispatched, cameBack(1), restocked(2), cameBack(1, { receipt: 'r2' })],
  ],
  [
    'reservation_unfillable',
    [allocated(2), unfillable],
    [allocated(2), unfillable, deallocated(1)],
  ],
  [
    'soft_reservation_overdrawn',
    [reserved, letGo('a', 2), letGo('b', 1)],
    [reserved, letGo('a', 1), letGo('b', 1)],
  ],
  [
    'backorder_overdrawn',
    [backordered, filled('a', 2), filled('b', 1)],
    [backordered, filled('a', 1), filled('b', 1)],
  ],
  [
    'transfer_shortage_open',
    [sent, cameIn('a', 8)],
    [sent, cameIn('a', 8), cameIn('b', 1), writtenOff],
  ],
  ['transfer_received_more_than_sent', [cameIn('a', 8)], [sent, cameIn('a', 10)]],
  [
    'transfer_loss_not_written_off',
    [sent, cameIn('a', 10), resolved],
    [sent, cameIn('a', 9), resolved, writtenOff],
  ],
  [
    'purchase_confirmed_short',
    [bought('node'), promised('a', 8, 3)],
    [bought('node'), promised('a', 8, 3), promised('b', 10, 4)],
  ],
  [
    'purchase_received_more_than_ordered',
    [bought('node'), delivery('a', 12)],
    [bought('node'), delivery('a', 10)],
  ],
  [
    'drop_shipment_in_stock',
    [bought('customer'), delivery('a', 2)],
    [bought('customer'), delivery('a', 2), withdrawn(delivery('a', 2))],
  ],
  ['goods_receipt_mismatched', [mismatched], [mismatched, matched]],
  ['count_variance_not_adjusted', [variance], [variance, adjusted(-2)]],
  ['count_adjusted_unapproved', [adjusted(-2)], [variance, adjusted(-2)]],
];

describe('what contradicts itself about goods', () => {
  it.each(cases)('is found as %s', (code, shown) => {
    expect(findings(shown)).toEqual([code]);
    expect(findings(shown.toReversed())).toEqual([code]);
  });
  it.each(cases)('is gone as %s once a fact explains it', (_code, _shown, explained) => {
    expect(findings(explained)).toEqual([]);
    expect(findings(explained.toReversed())).toEqual([]);
  });
  it('has a specification for each code', () => {
    expect(cases.map(([code]) => code)).toEqual(known);
  });
});

describe('an adjustment by a count', () => {
  it('is approved where it names the approval itself', () => {
    expect(findings([adjusted(-2, { approval: 'approval-wms:7' })])).toEqual([]);
  });
});

describe('several witnesses of one happening with goods', () => {
  const adjustedBy = (account: string, delta: number) => {
    const { leaf, data } = adjusted(delta);
    return fact('StockAdjusted', leaf, data as EventData<'StockAdjusted'>, { account });
  };
  const codes = (events: readonly AnyLedgerEvent[]) => {
    const homes = new Map([[stock, events.map((event) => reportOf(event, plainReference))]]);
    const gathered = { subject: stock, homes, referenceHomes: new Map(), absorbed: [] };
    return subjectViewOf(gathered, plainReference).findings.map(({ code }) => code);
  };

  it('disagree where they tell of other units', () => {
    expect(codes([adjustedBy('wms', -2), adjustedBy('erp', -3)])).toEqual(['witnesses_disagree']);
    expect(codes([adjustedBy('wms', -2), adjustedBy('erp', -2)])).toEqual([]);
  });
});

describe('a short pick', () => {
  it('is over once the line is cancelled or went out after all', () => {
    const short = [requested(work, 'store'), shortPicked, picked(1)];
    expect(findings([...short, cancelled(1)])).toEqual(['short_pick_open']);
    expect(findings([...short, cancelled(2)])).toEqual([]);
    expect(findings([...short, dispatched])).toEqual([]);
    expect(findings([...short, requested(otherWork, 'dc1', 6)])).toEqual([]);
  });
});
