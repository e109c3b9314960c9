import { expect } from 'vitest';
import { order, orderLine, owner } from './parts.js';
import { Story } from './story.js';
import { customerLines } from './telling.js';
import { walkthrough } from './walkthrough.js';

const transfer = 'transfer-erp:t1';
const waits = 'order-shop:1001';
const common = { owner: owner(), uom: 'each' };

const tenSentEightReceived = (): Story =>
  new Story()
    .tells('OrderCaptured', waits, order([orderLine('A', 1, 5_000)]), { at: '2026-04-30 09:00' })
    .tells(
      'StockReceived',
      'inventory-A:dc1',
      { ...common, qty: 20, cause: 'purchase', bucket: 'sellable', receipt: 'gr1', line: '1' },
      { at: '2026-04-01 08:00' },
    )
    .tells(
      'TransferRequested',
      transfer,
      {
        line: '1',
        sku: 'A',
        from: 'dc1',
        to: 'store1',
        ...common,
        qty: 10,
        order: waits,
        orderLine: 'A',
      },
      { at: '2026-05-01 09:00' },
    )
    .tells(
      'TransferShipped',
      transfer,
      { line: '1', shipment: 'ts1', sku: 'A', qty: 10, uom: 'each' },
      { by: 'wms', at: '2026-05-02 09:00' },
    )
    .tells(
      'StockIssued',
      'inventory-A:dc1',
      {
        ...common,
        qty: 10,
        cause: 'transfer',
        shipment: 'ts1',
        line: '1',
        component: 0,
        transfer,
        transferLine: '1',
        destination: 'store1',
      },
      { at: '2026-05-02 09:00' },
    )
    .tells(
      'TransferReceived',
      transfer,
      { line: '1', receipt: 'tr1', sku: 'A', qty: 8, uom: 'each', expected: 10 },
      { by: 'wms', at: '2026-05-04 09:00' },
    )
    .tells(
      'StockReceived',
      'inventory-A:store1',
      {
        ...common,
        qty: 8,
        cause: 'transfer',
        bucket: 'sellable',
        receipt: 'tr1',
        line: '1',
        transfer,
        transferLine: '1',
      },
      { at: '2026-05-04 09:00' },
    );

walkthrough({
  name: '(m) a transfer of ten of which eight arrived',
  story: tenSentEightReceived,
  seen: {
    'leaves two in transit, owned by who sent them': (ending) => {
      expect(ending.stock('A', 'dc1')).toMatchObject({ sellable: 10n });
      expect(ending.stock('A', 'store1')).toMatchObject({ sellable: 8n, in_transit: 2n });
      const owners = ending.rows('inventory_reservations.stock').map((row) => row['owner_id']);
      expect(new Set(owners)).toEqual(new Set(['a']));
    },
    'tells the customer who waits for it that it comes from another place': (ending) => {
      expect(customerLines(ending, waits)).toContain(
        'An item of your order comes from another place',
      );
    },
    'says on the order that two are missing': (ending) => {
      expect(ending.findings(waits)).toContain('transfer_shortage_open');
    },
    'tells the order that waits for it': (ending) => {
      expect(ending.told(waits)).toEqual(
        expect.arrayContaining(['TransferRequested', 'TransferShipped', 'TransferReceived']),
      );
    },
  },
  waiting: ['Dr inventory in transit 60.00 aged and owned; loss 30.00 once one is lost'],
});

walkthrough({
  name: '(m) a transfer whose missing units are found and lost',
  story: () => {
    const story = tenSentEightReceived().tells(
      'StockReceived',
      'inventory-A:store1',
      {
        ...common,
        qty: 1,
        cause: 'transfer',
        bucket: 'sellable',
        receipt: 'tr2',
        line: '1',
        transfer,
        transferLine: '1',
      },
      { at: '2026-05-06 09:00' },
    );
    story.decides(
      'TransferVarianceResolved',
      transfer,
      {
        line: '1',
        resolution: 'v1',
        sku: 'A',
        found: 1,
        lost: 1,
        misshipped: 0,
        uom: 'each',
        approval: 'approval-daybook:ap1',
      },
      '2026-05-07 09:00',
    );
    return story
      .tells(
        'ApprovalGranted',
        'approval-daybook:ap1',
        { decidedBy: 'logistics_lead' },
        { at: '2026-05-06 18:00' },
      )
      .tells(
        'StockWrittenOff',
        'inventory-A:store1',
        {
          ...common,
          bucket: 'in_transit',
          qty: 1,
          writeOff: 'w1',
          line: '1',
          reason: 'lost_in_transit',
          transfer,
          transferLine: '1',
        },
        { at: '2026-05-07 09:05' },
      );
  },
  seen: {
    'has nothing in transit any more': (ending) => {
      expect(ending.stock('A', 'store1')['in_transit']).toBeUndefined();
      expect(ending.stock('A', 'store1')).toMatchObject({ sellable: 9n });
    },
    'leaves nothing to be explained': (ending) => {
      expect(ending.findings(waits)).toEqual([]);
    },
  },
});
