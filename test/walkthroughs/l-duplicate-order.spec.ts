import { expect } from 'vitest';
import { captured, order, orderLine, owner, sent } from './parts.js';
import { Ending } from './ending.js';
import { Story } from './story.js';
import { sentencesOf } from './telling.js';
import { walkthrough } from './walkthrough.js';

const shop = 'order-shop:1001';
const copy = 'order-oms:9001';
const approval = 'approval-daybook:ap1';
const lines = [orderLine('A', 1, 10_000, { tax: 1_000 })];

function kept(story: Story, leaf: string, allocation: string): Story {
  return story.tells(
    'StockAllocated',
    'inventory-A:dc1',
    {
      authority: 'wms',
      allocation,
      line: '1',
      order: leaf,
      orderLine: 'A',
      owner: owner(),
      qty: 1,
      uom: 'each',
    },
    { at: '2026-05-01 09:05' },
  );
}

/** Both systems captured it and reserved for it; the customer paid once. */
function capturedTwice(): Story {
  const story = new Story()
    .tells('OrderCaptured', shop, order(lines), { at: '2026-05-01 09:00' })
    .tells('OrderCaptured', copy, order(lines), { at: '2026-05-01 09:02' })
    .tells('PaymentCaptured', 'payment-psp:pi_1', captured('ca_1', copy, 11_000), {
      at: '2026-05-01 09:03',
    });
  return kept(kept(story, shop, 'al1'), copy, 'al2');
}

function marked(): { readonly story: Story; readonly mergedBy: string } {
  const story = capturedTwice().tells(
    'StockDeallocated',
    'inventory-A:dc1',
    { authority: 'wms', allocation: 'al2', line: '1', deallocation: 'd1', qty: 1, uom: 'each' },
    { at: '2026-05-01 10:00' },
  );
  const { eventId } = story.decides(
    'OrderMarkedDuplicate',
    copy,
    { survivingOrder: shop, approval, reason: 'captured_twice' },
    '2026-05-01 10:00',
  );
  story.tells(
    'ApprovalGranted',
    approval,
    { decidedBy: 'service_lead' },
    { at: '2026-05-01 09:59' },
  );
  return { story, mergedBy: eventId };
}

const dispatched = (story: Story, leaf: string, shipment: string): Story =>
  story.tells('ShipmentDispatched', `shipment-wms:${shipment}`, sent(leaf, { A: 1 }), {
    at: '2026-05-02 10:00',
  });

walkthrough({
  name: '(l) an order captured by two systems',
  story: () => dispatched(marked().story, shop, 's1'),
  seen: {
    'is sold once, and what was paid under the other name pays for it': (ending) => {
      expect(ending.balances()).toMatchObject({ revenue: 10_000n, tax_payable: 1_000n });
      expect(ending.contracts()).toEqual({});
    },
    'frees the second reservation': (ending) => {
      expect(new Ending(capturedTwice()).stock('A', 'dc1')).toEqual({ allocated: 2n });
      expect(ending.stock('A', 'dc1')).toEqual({ allocated: 1n });
    },
    'tells all of it under the name that goes on': (ending) => {
      expect(ending.told(shop)).toEqual(
        expect.arrayContaining(['OrderMarkedDuplicate', 'PaymentCaptured', 'ShipmentDispatched']),
      );
      expect(ending.findings(shop)).toEqual([]);
    },
    'leads from the other name to the one that goes on': (ending) => {
      expect(ending.header(copy)).toMatchObject({ status: 'merged', alias_of: shop });
      expect(sentencesOf(ending, copy, '2026-05-03T09:00:00.000Z').agent).toBe(
        `Another name of ${shop}: see there.`,
      );
    },
  },
});

walkthrough({
  name: '(l) an order captured by two systems and sent by both',
  story: () => dispatched(dispatched(marked().story, shop, 's1'), copy, 's2'),
  seen: {
    'says that goods have to be fetched back': (ending) => {
      expect(ending.findings(shop)).toContain('shipped_twice_as_duplicate');
    },
  },
});

walkthrough({
  name: '(l) a merge that is reverted',
  story: () => {
    const { story, mergedBy } = marked();
    story.decides(
      'OrderMergeReverted',
      copy,
      { survivingOrder: shop, mergedBy, approval },
      '2026-05-03 10:00',
    );
    return dispatched(story, shop, 's1');
  },
  seen: {
    'leaves two orders, each with its own money': (ending) => {
      expect(ending.contracts()).toEqual({ [shop]: -11_000n, [copy]: 11_000n });
      expect(ending.lines(copy)).toEqual({ A: 'captured' });
      expect(ending.header(copy)['alias_of']).toBeNull();
      expect(ending.told(shop)).not.toContain('PaymentCaptured');
    },
  },
});
