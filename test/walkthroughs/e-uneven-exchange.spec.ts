import { expect } from 'vitest';
import { captured, money, order, orderLine, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const first = 'order-shop:1001';
const second = 'order-shop:1002';
const payment = 'payment-psp:pi_1';
const given = 'return-returns:r1';

const exchanged = (): Story => {
  const story = new Story()
    .tells('OrderCaptured', first, order([orderLine('A', 1, 5_400, { tax: 540 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', first, 5_940), { at: '2026-05-01 09:01' })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(first, { A: 1 }), {
      at: '2026-05-02 10:00',
    })
    .tells('OrderCaptured', second, order([orderLine('N', 1, 8_000, { tax: 800 })]), {
      at: '2026-05-10 09:00',
    })
    .tells(
      'ExchangeOpened',
      'exchange-returns:x1',
      {
        order: first,
        kind: 'standard',
        newLines: [{ sku: 'N', qty: 1 }],
        returnRef: given,
        newOrder: second,
        difference: money(2_860),
      },
      { at: '2026-05-10 09:00' },
    )
    .tells(
      'ReturnReceived',
      given,
      {
        node: 'dc1',
        receipt: 'rc1',
        line: '1',
        sku: 'A',
        qty: 1,
        order: first,
        orderLine: 'A',
      },
      { by: 'wms', at: '2026-05-12 10:00' },
    )
    .tells(
      'CreditGranted',
      first,
      {
        creditMemo: 'cm1',
        legalEntity: 'a',
        currency: 'EUR',
        basis: 'return',
        lines: [{ net: money(5_400), tax: money(540), line: 'A', qty: 1 }],
        returnRef: given,
      },
      { at: '2026-05-12 11:00' },
    )
    .tells('PaymentCaptured', 'payment-psp:pi_2', captured('ca_2', second, 2_860), {
      at: '2026-05-12 11:05',
    })
    .tells('ShipmentDispatched', 'shipment-wms:s2', sent(second, { N: 1 }), {
      at: '2026-05-13 10:00',
    });
  return story;
};

walkthrough({
  name: '(e) an uneven exchange before its balance is carried over',
  story: exchanged,
  seen: {
    'leaves on the new contract what the old one owes': (ending) => {
      expect(ending.contracts()).toEqual({ [first]: 5_940n, [second]: -5_940n });
    },
    'shows the exchange on the old order': (ending) => {
      expect(ending.told(first)).toContain('ExchangeOpened');
    },
  },
  waiting: ['Dr contract of the old order 59.40 / Cr contract of the new one (both end at zero)'],
});
