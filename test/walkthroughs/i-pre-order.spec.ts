import { expect } from 'vitest';
import { forOrder, money, order, orderLine, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const payment = 'payment-psp:pi_1';
const eur = (minor: number) => money(minor, 'EUR');

const captured = (capture: string, minor: number) => ({
  tender: 'card' as const,
  amount: eur(minor),
  legalEntity: 'a',
  capture,
  orderRefs: forOrder(bought, minor),
});

const story = (): Story =>
  new Story()
    .tells('OrderCaptured', bought, order([orderLine('A', 1, 40_000)], { shopCurrency: 'USD' }), {
      at: '2026-01-10 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', 10_000), { at: '2026-01-10 09:01' })
    .tells(
      'PaymentAuthorized',
      payment,
      {
        tender: 'card',
        amount: eur(30_000),
        authorization: 'au_1',
        orderRefs: forOrder(bought, 30_000),
        expiresAt: '2026-01-17',
      },
      { at: '2026-01-10 09:02' },
    )
    .tells(
      'PaymentAuthorizationExpired',
      payment,
      { amount: eur(30_000), authorization: 'au_1', orderRefs: forOrder(bought, 30_000) },
      { at: '2026-01-17 00:00' },
    )
    .tells('PaymentCaptured', payment, captured('ca_2', 30_000), { at: '2026-04-01 09:00' })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 1 }), {
      at: '2026-04-01 10:00',
    });

walkthrough({
  name: '(i) a pre-order in a foreign currency',
  story,
  seen: {
    'ends with a contract at zero in its own currency': (ending) => {
      expect(ending.contracts()).toEqual({});
    },
    'shows the authorization that expired before it was sent': (ending) => {
      expect(ending.told(bought)).toContain('PaymentAuthorizationExpired');
    },
  },
  waiting: [
    'revenue of 470.00 in the functional currency: 100 at the rate of the deposit, 300 at that of shipment',
    'the forfeited deposit where it is cancelled late',
  ],
});
