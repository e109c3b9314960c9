import { describe, expect, it } from 'vitest';
import {
  type AnyLedgerEvent,
  type AnyNewEvent,
  categories,
  checkParts,
  definitionOf,
  type EventType,
  eventTypes,
  keysOf,
} from '#events';
import { fullFold } from '../fixtures/full-fold.js';
import { readGolden, storedForm } from './golden-events.js';
import { understoodSample } from './sample-events.js';

/** A sample with something about its data changed, as an event of its own. */
function unrecorded(type: EventType, change: object): AnyNewEvent {
  const sample = understoodSample(type);
  const data = Object.fromEntries(
    Object.entries(Object.assign({}, sample.data, change)).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return { ...sample, eventId: `${type} ${JSON.stringify(change)}`, data } as AnyNewEvent;
}

/** The same as a fold would get it. */
function changed(type: EventType, change: object): AnyLedgerEvent {
  return readGolden({ name: type, ...storedForm(unrecorded(type, change)) });
}

const transfer = 'transfer-wms.dc1:tr_1';
const sentToStore = { cause: 'transfer', transfer, transferLine: '1', destination: 'store1' };
const cameFromTransfer = { cause: 'transfer', transfer, transferLine: '1' };

/** The names by which the engine finds an event's cluster. */
function namesOf(event: Parameters<typeof keysOf>[0]): readonly string[] {
  const { home, connects } = keysOf(event);
  return [home, ...connects];
}

function areJudgedTogether(left: AnyLedgerEvent, right: AnyLedgerEvent): boolean {
  return namesOf(left).some((name) => namesOf(right).includes(name));
}

describe('who moves stock', () => {
  it('is one class a unit: documents, tasks and inspections tell of it and move none', () => {
    const moving = eventTypes.filter(
      (type) => definitionOf(type).effect.movesStock.does === 'yes' && type !== 'EventCorrected',
    );
    expect(moving.filter((type) => !definitionOf(type).categories.includes('inventory'))).toEqual(
      [],
    );
    expect(moving.toSorted()).toEqual([
      'BackorderFilled',
      'BackorderReleased',
      'IncomingStockExpected',
      'IncomingStockRevised',
      'SafetyStockSet',
      'StockAdjusted',
      'StockAllocated',
      'StockBackordered',
      'StockBucketMoved',
      'StockDeallocated',
      'StockIssued',
      'StockReceived',
      'StockReservationExtended',
      'StockReservationReleased',
      'StockSoftReserved',
      'StockWrittenOff',
    ]);
  });
});

describe('stock that belongs together', () => {
  const issued = changed('StockIssued', sentToStore);
  const received = changed('StockReceived', cameFromTransfer);
  it.each<readonly [string, AnyLedgerEvent, AnyLedgerEvent]>([
    [
      'a reservation and the allocation it became',
      changed('StockSoftReserved', {}),
      changed('StockAllocated', {}),
    ],
    [
      'a reservation and its release',
      changed('StockSoftReserved', {}),
      changed('StockReservationReleased', {}),
    ],
    [
      'an allocation and what cannot be kept of it',
      changed('StockAllocated', {}),
      changed('StockReservationUnfillable', {}),
    ],
    ['a backorder and its fill', changed('StockBackordered', {}), changed('BackorderFilled', {})],
    ['what left by a transfer line and what came', issued, received],
    [
      'what a transfer line lost and what was settled of it',
      changed('StockWrittenOff', {}),
      changed('TransferVarianceResolved', {}),
    ],
    ['what came and what was asked for', received, changed('TransferRequested', {})],
    [
      'a receipt and what was expected of its purchase order line',
      changed('StockReceived', {}),
      changed('IncomingStockRevised', {}),
    ],
    [
      'what is expected and what was ordered',
      changed('IncomingStockExpected', {}),
      changed('PurchaseOrderIssued', {}),
    ],
    [
      'a count and an adjustment that look into one discrepancy',
      changed('CycleCountStarted', {}),
      changed('StockAdjusted', { stockCount: undefined, countLine: undefined }),
    ],
    [
      'an adjustment and the count it comes from',
      changed('StockAdjusted', {}),
      changed('CountVarianceApproved', {}),
    ],
  ])('is judged together: %s', (_what, left, right) => {
    expect(areJudgedTogether(left, right)).toBe(true);
  });
  it.each<readonly [string, EventType]>([
    ['a purchase order', 'PurchaseOrderIssued'],
    ['a transfer', 'TransferRequested'],
    ['a count', 'CycleCountStarted'],
  ])('is not joined by %s as a whole', (_document, type) => {
    // A count looks into one discrepancy a line.
    const [first, second] = ['1', '2'].map((line) =>
      changed(type, { line, discrepancy: undefined }),
    ) as [AnyLedgerEvent, AnyLedgerEvent];
    expect(areJudgedTogether(first, second)).toBe(false);
  });
  it('is another dispatch where a shipment replaces one', () => {
    const replacement = changed('ShipmentDispatched', {
      kind: 'replacement',
      replacesShipment: 'shipment-wms.dc1:sh_0',
      trackings: undefined,
      sameAs: undefined,
    });
    expect(namesOf(replacement)).not.toContain('shipment-wms.dc1:sh_0');
  });
  it('names its documents by kinds of thing that are kept by happening', () => {
    const kept = (['inventory', 'transfer', 'purchaseOrder', 'stockCount'] as const).map(
      (category) => categories[category].keptBy,
    );
    expect(new Set(kept)).toEqual(new Set(['happening']));
  });
});

const alone = (field: string) => ({ [field]: undefined });

describe('what spans fields', () => {
  it.each<readonly [EventType, object, string]>([
    ['StockSoftReserved', { ...alone('cart'), ...alone('order'), ...alone('orderLine') }, 'cart'],
    ['StockSoftReserved', alone('orderLine'), 'order'],
    ['StockReservationRejected', alone('order'), 'order'],
    ['StockReservationUnfillable', { reservation: 're_1' }, 'allocation'],
    ['StockReservationUnfillable', alone('allocation'), 'allocation'],
    ['StockReservationUnfillable', alone('order'), 'order'],
    ['StockAllocated', alone('reservationLine'), 'reservation'],
    ['BackorderFilled', alone('allocationLine'), 'allocation'],
    ['StockBucketMoved', { from: 'damaged', to: 'damaged' }, 'to'],
    ['StockAdjusted', alone('countLine'), 'stockCount'],
    ['StockWrittenOff', alone('transferLine'), 'transfer'],
    ['StockWrittenOff', { bucket: 'damaged' }, 'transfer'],
    ['StockWrittenOff', { ...alone('transfer'), ...alone('transferLine') }, 'transfer'],
    ['StockDiscrepancyDetected', { expected: 9, reported: 9 }, 'reported'],
    [
      'ExternalStockSnapshotReceived',
      {
        quantities: [
          { measure: 'on_hand', qty: 1 },
          { measure: 'on_hand', qty: 2 },
        ],
      },
      'quantities',
    ],
    ['StockReceived', alone('purchaseOrderLine'), 'purchaseOrder'],
    ['StockReceived', { cause: 'transfer' }, 'transfer'],
    ['StockReceived', { transfer, transferLine: '1' }, 'transfer'],
    ['StockReceived', { cause: 'transfer', transfer }, 'transferLine'],
    ['StockReceived', { destination: 'store1' }, 'destination'],
    ['StockIssued', { ...sentToStore, destination: undefined }, 'destination'],
    ['StockIssued', { cause: 'transfer', destination: 'store1' }, 'transfer'],
    ['StockIssued', { vendorReturn: 'vr_1' }, 'vendorReturn'],
    ['StockIssued', alone('orderLine'), 'allocation'],
    ['ShipmentDispatched', { replacesShipment: 'shipment-wms.dc1:sh_0' }, 'replacesShipment'],
    ['FulfilmentRerouted', { movedTo: 'fulfilment-oms_eu:fu_1' }, 'movedTo'],
    ['TransferRequested', { to: 'dc1' }, 'to'],
    ['TransferRequested', alone('orderLine'), 'order'],
    ['TransferVarianceResolved', { found: 0, lost: 0, misshipped: 0 }, 'found'],
    ['ReturnItemInspected', alone('order'), 'order'],
    ['ReturnItemDisposed', alone('orderLine'), 'order'],
    ['ReplenishmentTriggered', alone('order'), 'order'],
    ['PurchaseOrderIssued', alone('node'), 'node'],
    [
      'PurchaseOrderIssued',
      { shipTo: 'customer', ...alone('order'), ...alone('orderLine') },
      'order',
    ],
    ['PurchaseOrderIssued', alone('order'), 'order'],
    ['CountVarianceApproved', { delta: 1 }, 'delta'],
  ])('is refused of %s with %j', (type, change, field) => {
    expect(checkParts(unrecorded(type, change))).toMatchObject({
      code: 'field_invalid',
      field: `data.${field}`,
    });
  });
  it.each<readonly [EventType, object]>([
    ['StockSoftReserved', alone('cart')],
    ['StockReceived', cameFromTransfer],
    ['StockReceived', { ...cameFromTransfer, destination: 'store1' }],
    ['StockIssued', sentToStore],
    ['StockIssued', { cause: 'vendor_return', vendorReturn: 'vr_1', bucket: 'damaged' }],
    ['StockIssued', { cause: 'replacement' }],
    ['StockWrittenOff', { bucket: 'damaged', ...alone('transfer'), ...alone('transferLine') }],
    ['ShipmentDispatched', { kind: 'replacement', replacesShipment: 'shipment-wms.dc1:sh_0' }],
    ['PurchaseOrderIssued', { shipTo: 'customer', ...alone('node') }],
  ])('is taken of %s with %j', (type, change) => {
    expect(checkParts(unrecorded(type, change))).toBeUndefined();
  });
});

describe('stock that leaves for another reason than a sale', () => {
  const stockOf = (event: AnyLedgerEvent) =>
    [...(fullFold([event]).get('inventory_reservations.stock')?.values() ?? [])][0]?.slice(5, 10);
  const rulesOf = (event: AnyLedgerEvent) =>
    [...(fullFold([event]).get('erp_postings.proposed_entry')?.values() ?? [])].flat();
  it('is taken from the bucket it lay in', () => {
    const sellable = stockOf(changed('StockIssued', { bucket: undefined }));
    const damaged = stockOf(changed('StockIssued', { bucket: 'damaged' }));
    expect(sellable).toEqual([-1n, 0n, 0n, 0n, -1n]);
    expect(damaged).toEqual([0n, 0n, -1n, 0n, -1n]);
  });
  it('costs no sale anything', () => {
    expect(rulesOf(changed('StockIssued', {}))).toContain('cost_of_sale');
    for (const change of [sentToStore, { cause: 'replacement' }, { cause: 'consumption' }]) {
      expect(rulesOf(changed('StockIssued', change))).toEqual([]);
    }
    expect(rulesOf(changed('StockReceived', {}))).toContain('goods_received');
    expect(rulesOf(changed('StockReceived', cameFromTransfer))).toEqual([]);
  });
});
