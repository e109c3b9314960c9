import { expect } from 'vitest';
import { Ending } from './ending.js';
import { captured, order, orderLine, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const erasure = 'erasure-6f1de0a7c2b4580f9d3e7a1b2c4d5e6f';
const digest = '9c1f2d3b4a5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8';

const unforgotten = (): Story =>
  new Story()
    .tells(
      'OrderCaptured',
      bought,
      order([orderLine('A', 1, 5_000, { tax: 500 })], { customer: { name: 'Ada Ahrens' } }),
      { at: '2026-05-01 09:00' },
    )
    .tells('PaymentCaptured', 'payment-psp:pi_1', captured('ca_1', bought, 5_500), {
      at: '2026-05-01 09:01',
    })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 1 }), {
      at: '2026-05-04 10:00',
    })
    .tells('ShipmentDelivered', 'shipment-wms:s1', {}, { at: '2026-05-05 10:00' });

/** Asked for while the order is open, put off for it, and done when its time is over. */
function forgotten(): Story {
  const story = unforgotten();
  story.decides(
    'ErasureRequested',
    erasure,
    { subjects: [{ kind: 'customer', digest }], openOrders: 1 },
    '2026-05-02 09:00',
  );
  story.decides(
    'ErasureDeferred',
    erasure,
    { until: '2026-06-05', cause: 'order_open', legalBasis: 'the order is open' },
    '2026-05-02 09:00',
  );
  story.decides(
    'SubjectKeyDestroyed',
    erasure,
    { keys: [{ keyId: '00000000-0000-4000-8000-000000000001', subject: digest }] },
    '2026-06-05 03:00',
  );
  story.decides('ErasureCompleted', erasure, { keysDestroyed: 1 }, '2026-06-05 03:01');
  return story;
}

walkthrough({
  name: '(o) an erasure with an open order',
  story: forgotten,
  seen: {
    'sends the order and leaves its contract at zero': (ending) => {
      expect(ending.lines(bought)).toEqual({ A: 'delivered' });
      expect(ending.contracts()).toEqual({});
    },
    'changes no balance, no stock and no line of the timeline': (ending) => {
      const before = new Ending(unforgotten());
      expect(ending.balances()).toEqual(before.balances());
      expect(ending.told(bought)).toEqual(before.told(bought));
      expect(ending.rows('inventory_reservations.stock')).toEqual(
        before.rows('inventory_reservations.stock'),
      );
    },
    'keeps no name in any row': (ending) => {
      const rows = [...ending.tables.values()].flatMap((table) => [...table.values()]);
      const text = JSON.stringify(rows, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      expect(text).toContain(bought);
      expect(text).not.toContain('Ahrens');
    },
  },
});
