import { leafOf } from '#kernel';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import { recordedAs } from './corrections.js';

/** Units that a store looked for in vain. */
export interface Missing {
  readonly node: string;
  readonly sku: string;
  readonly missing: number;
}

const countedUnits = 40;

/** A store has less than its books say; a count finds it so, and what is missing is taken off. */
export function countShort(scene: Scene, minute: number, { node, sku, missing }: Missing): void {
  const number = scene.nextNumber();
  const source = accounts.purchasing;
  const objectid = `CC${number}`;
  const line = '1';
  const of = { line, sku, node };
  const stock = { owner, uom: retailer.uom };
  const discrepancy = scene.tell(minute, {
    type: 'StockDiscrepancyDetected',
    source,
    sku,
    node,
    data: {
      ...stock,
      measure: 'sellable',
      expected: countedUnits + missing,
      reported: countedUnits,
      reportedBy: source,
    },
  });
  scene.tell(minute + 5, {
    type: 'CycleCountStarted',
    source,
    objectid,
    data: { ...of, discrepancy: recordedAs(discrepancy).eventId },
  });
  scene.tell(minute + 20, {
    type: 'CycleCountRecorded',
    source,
    objectid,
    data: { ...of, ...stock, bucket: 'sellable', counted: countedUnits },
  });
  scene.tell(minute + 60, {
    type: 'StockAdjusted',
    source,
    sku,
    node,
    data: {
      ...stock,
      bucket: 'sellable',
      delta: -missing,
      adjustment: `ADJ${number}`,
      line,
      reason: 'shrink',
      stockCount: leafOf('stockCount', [source, objectid]),
      countLine: line,
    },
  });
}
