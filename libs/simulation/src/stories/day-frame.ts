import { accounts, articles, legalEntities, retailer, stores } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';

const capacityOrders = 900;
const confidencePercent = 96;
const safetyUnits = 4;

/** Where the retailer trades, what a foreign currency is worth, and the month that is closed. */
export function openBooks(scene: Scene, minute: number): void {
  for (const { node, legalEntity } of stores) {
    tellLocation(scene, minute, node, 'store', legalEntity);
  }
  tellLocation(scene, minute, retailer.warehouse, 'warehouse', retailer.legalEntity);
  const ratesOf = [
    [-80, '1.0450'],
    [0, '1.0620'],
  ] as const;
  for (const [days, rate] of ratesOf) {
    const at = minute + days * 1_440;
    scene.tell(at, {
      type: 'ExchangeRateSet',
      source: accounts.purchasing,
      version: numberOf(scene.dayOf(at)),
      data: { from: 'CHF', to: retailer.currency, rate, kind: 'daily', validFrom: scene.dayOf(at) },
    });
  }
  closeLastMonth(scene, minute);
}

function tellLocation(
  scene: Scene,
  minute: number,
  node: string,
  kind: 'store' | 'warehouse',
  legalEntity: string,
): void {
  scene.tell(minute, {
    type: 'LocationOpened',
    source: accounts.purchasing,
    version: '1',
    data: { node, kind, legalEntity },
  });
}

function closeLastMonth(scene: Scene, minute: number): void {
  const firstOfMonth = scene.minuteOf(`${scene.dayOf(minute).slice(0, 7)}-01`);
  for (const legalEntity of legalEntities) {
    scene.tell(firstOfMonth + 90, {
      type: 'PeriodClosed',
      source: accounts.purchasing,
      data: {
        legalEntity,
        period: scene.dayOf(firstOfMonth - 60).slice(0, 7),
        book: 'ledger',
        closedBy: 'controller',
      },
    });
  }
}

/** What is said of the warehouse every morning. */
export function lookAtWarehouse(scene: Scene, minute: number): void {
  const node = retailer.warehouse;
  scene.tell(minute, {
    type: 'NodeCapacityReported',
    source: accounts.warehouse,
    data: {
      node,
      asOf: scene.dayOf(minute),
      unit: 'orders',
      capacity: capacityOrders,
      used: scene.random.integer(100, capacityOrders),
    },
  });
  const { sku } = scene.random.pick(articles);
  const stock = { owner, uom: retailer.uom };
  scene.tell(minute + 1, {
    type: 'SafetyStockSet',
    source: accounts.purchasing,
    sku,
    node,
    version: numberOf(scene.dayOf(minute)),
    data: { ...stock, qty: safetyUnits, policyVersion: 'safety-2' },
  });
  scene.tell(minute + 2, {
    type: 'ExternalStockSnapshotReceived',
    source: accounts.warehouse,
    sku,
    node,
    data: { ...stock, quantities: [{ measure: 'on_hand', qty: scene.random.integer(50, 500) }] },
  });
  scene.tell(minute + 3, {
    type: 'InventoryConfidenceScored',
    source: accounts.purchasing,
    sku,
    node,
    data: { scorePercent: confidencePercent, model: 'confidence-1', inputs: [] },
  });
}

/** A day as the number of a version. */
function numberOf(day: string): string {
  return day.replaceAll('-', '');
}
