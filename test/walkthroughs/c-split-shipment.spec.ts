import { expect } from 'vitest';
import { captured, money, order, orderLine, refunded, sent } from './parts.js';
import { Story } from './story.js';
import { customerLines } from './telling.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const card = 'payment-psp:pi_1';
const giftCard = 'payment-giftcards:g1';

const paid = (): Story =>
  new Story()
    .tells(
      'OrderCaptured',
      bought,
      order([
        orderLine('A', 2, 12_000, { discount: 1_200, tax: 1_080 }),
        orderLine('B', 1, 8_000, { discount: 800, tax: 720 }),
        orderLine('shipping', 1, 1_000, { tax: 100 }),
      ]),
      { at: '2026-05-01 09:00' },
    )
    .tells('PaymentCaptured', giftCard, captured('g1', bought, 6_000, 'gift_card'), {
      at: '2026-05-01 09:01',
    })
    .tells('PaymentCaptured', card, captured('ca_1', bought, 14_900), { at: '2026-05-01 09:01' });

const upToDispatchOfA = (): Story =>
  paid().tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 2 }), {
    at: '2026-05-02 10:00',
  });

walkthrough({
  name: '(c) an order paid by gift card and card, before anything is sent',
  story: paid,
  seen: {
    'owes all that was paid': (ending) => {
      expect(ending.header(bought)['ordered_minor']).toBe(20_900n);
      expect(ending.contracts()).toEqual({ [bought]: 20_900n });
    },
    'shows how it is paid': (ending) => {
      expect(ending.tenders(bought)).toEqual({
        gift_card: { captured: 6_000n },
        card: { captured: 14_900n },
      });
    },
  },
});

walkthrough({
  name: '(c) a split shipment after its first parcel',
  story: upToDispatchOfA,
  seen: {
    'owes what was paid for and not yet sent': (ending) => {
      expect(ending.contracts()).toEqual({ [bought]: 8_360n });
      expect(ending.posted('shipment-wms:s1')['contract']).toBe(-12_540n);
    },
    'shows which line waits': (ending) => {
      expect(ending.lines(bought)).toMatchObject({ A: 'dispatched', B: 'captured' });
    },
  },
});

walkthrough({
  name: '(c) a split shipment, order discount, gift card and card',
  story: () =>
    upToDispatchOfA()
      .tells('ShipmentDispatched', 'shipment-wms:s2', sent(bought, { B: 1 }), {
        at: '2026-05-03 10:00',
      })
      .tells(
        'CreditGranted',
        bought,
        {
          creditMemo: 'cm1',
          legalEntity: 'a',
          currency: 'EUR',
          basis: 'shipping',
          lines: [{ net: money(500), tax: money(50), line: 'shipping' }],
        },
        { at: '2026-05-04 09:00' },
      )
      .tells('RefundIssued', card, refunded('re_1', bought, 550, { creditMemo: 'cm1' }), {
        at: '2026-05-04 09:05',
      }),
  seen: {
    'ends with a contract at zero': (ending) => {
      expect(ending.contracts()).toEqual({});
    },
    'recognises each part with its discount and its shipping': (ending) => {
      expect(ending.balances()).toMatchObject({
        revenue: 20_000n,
        discounts: -2_000n,
        shipping_revenue: 1_000n,
      });
    },
    'gives each parcel its part': (ending) => {
      expect(ending.posted('shipment-wms:s1')['contract']).toBe(-12_540n);
      expect(ending.posted('shipment-wms:s2')['contract']).toBe(-8_360n);
    },
    'refunds the shipping in part, to the card': (ending) => {
      expect(ending.tenders(bought)).toEqual({
        gift_card: { captured: 6_000n },
        card: { captured: 14_900n, refunded: 550n },
      });
      expect(ending.refunds(bought)).toEqual([['sent', 550n]]);
      expect(customerLines(ending, bought)).toContain('We refunded 5.50 EUR by card');
    },
    'has no finding that money is missing': (ending) => {
      expect(ending.findings(bought)).toEqual([]);
    },
  },
});
