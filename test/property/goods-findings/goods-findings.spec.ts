import { describe, expect, it } from 'vitest';
import { reportOf, subjectViewOf } from '#domain';
import type { AnyLedgerEvent, EventData } from '#events';
import { fact } from '../../fixtures/facts.js';
import { plainReference } from '../../fixtures/full-fold.js';
import { type Case, findings, known } from './findings-about-goods.js';
import {
  accepted,
  allocated,
  authorized,
  back,
  cameBack,
  cancelled,
  collected,
  deallocated,
  declined,
  delivered,
  dispatched,
  expired,
  line,
  lost,
  otherWork,
  packed,
  picked,
  pickup,
  ready,
  rejected,
  requested,
  rerouted,
  restocked,
  returnAsked,
  sentBack,
  shortPicked,
  stock,
  task,
  told,
  voided,
  withdrawn,
  work,
} from './order-facts.js';
import {
  adjusted,
  backordered,
  bought,
  cameIn,
  delivery,
  filled,
  letGo,
  matched,
  mismatched,
  promised,
  reserved,
  resolved,
  sent,
  unfillable,
  variance,
  writtenOff,
} from './stock-facts.js';

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
