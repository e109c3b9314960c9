import { expect } from 'vitest';
import { captured, money, order, orderLine, refunded, sent } from './parts.js';
import { Ending } from './ending.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const payment = 'payment-psp:pi_1';
const shipping = orderLine('shipping', 1, 1_000, { tax: 100 });
const shipped = orderLine('A', 2, 12_000, { discount: 1_200, tax: 1_080 });

const shippedFirst = (): Story =>
  new Story()
    .tells(
      'OrderCaptured',
      bought,
      order([shipped, orderLine('B', 1, 8_000, { discount: 800, tax: 720 }), shipping]),
      { at: '2026-05-01 09:00' },
    )
    .tells('PaymentCaptured', payment, captured('ca_1', bought, 20_900), {
      at: '2026-05-01 09:01',
    })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 2 }), {
      at: '2026-05-02 10:00',
    });

const edited = (): Story =>
  shippedFirst().tells(
    'OrderAmendmentConfirmed',
    bought,
    {
      amendment: 'e1',
      currency: 'EUR',
      lines: [shipped, orderLine('C', 1, 5_000, { tax: 500 }), shipping],
      effectiveAt: '2026-05-03T09:00:00.000Z',
    },
    { at: '2026-05-03 09:00' },
  );

walkthrough({
  name: '(k) an order edited after its first shipment',
  story: edited,
  seen: {
    'is worth 184.80': (ending) => {
      expect(ending.header(bought)['ordered_minor']).toBe(18_480n);
    },
    'shows what is dropped, sent and open': (ending) => {
      expect(ending.lines(bought)).toMatchObject({
        A: 'dispatched',
        B: 'cancelled',
        C: 'captured',
      });
    },
  },
});

const complete = (): Story =>
  edited().tells('ShipmentDispatched', 'shipment-wms:s2', sent(bought, { C: 1 }), {
    at: '2026-05-04 10:00',
  });

walkthrough({
  name: '(k) an edited order, sent and not refunded yet',
  story: complete,
  seen: {
    'owes 24.20 to the customer': (ending) => {
      expect(ending.contracts()).toEqual({ [bought]: 2_420n });
      expect(ending.findings(bought)).toContain('payments_differ_from_order');
    },
    'has posted its first shipment as if nothing had been changed': (ending) => {
      const before = new Ending(shippedFirst());
      expect(ending.posted('shipment-wms:s1')).toEqual(before.posted('shipment-wms:s1'));
      expect(ending.posted('shipment-wms:s1')['contract']).toBe(-12_540n);
    },
  },
});

walkthrough({
  name: '(k) an edited order, sent and refunded',
  story: () =>
    complete().tells('RefundIssued', payment, refunded('re_1', bought, 2_420), {
      at: '2026-05-04 11:00',
    }),
  seen: {
    'ends with a contract at zero': (ending) => {
      expect(ending.contracts()).toEqual({});
      expect(ending.balances()).toMatchObject({ tax_payable: 1_680n, shipping_revenue: 1_000n });
      expect(ending.tenders(bought)).toEqual({ card: { captured: 20_900n, refunded: 2_420n } });
      expect(ending.findings(bought)).toEqual([]);
    },
  },
});

walkthrough({
  name: '(k) a price cut on a shipped line',
  story: () =>
    edited().tells(
      'CreditGranted',
      bought,
      {
        creditMemo: 'cm1',
        legalEntity: 'a',
        currency: 'EUR',
        basis: 'price_adjustment',
        lines: [{ net: money(1_000), tax: money(100), line: 'A', qty: 2 }],
      },
      { at: '2026-05-05 09:00' },
    ),
  seen: {
    'is a credit and leaves what was posted': (ending) => {
      expect(ending.balances()['revenue']).toBe(12_000n);
      expect(ending.contracts()).toEqual({ [bought]: 20_900n - 12_540n + 1_100n });
    },
  },
});
