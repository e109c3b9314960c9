import { expect } from 'vitest';
import { Ending } from './ending.js';
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

const deposited = (): Story =>
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
    );

const story = (): Story =>
  deposited()
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
    'says that the balance was collected without an approval that still held': (ending) => {
      expect(ending.findings(bought)).toEqual([
        'captured_above_authorization',
        'captured_after_expiry',
      ]);
    },
    'is paid in two parts': (ending) => {
      expect(ending.tenders(bought)).toEqual({ card: { authorized: 30_000n, captured: 40_000n } });
      expect(ending.posted('shipment-wms:s1')).toEqual({ contract: -40_000n, revenue: 40_000n });
    },
  },
  waiting: [
    'revenue of 470.00 in the functional currency: 100 at the rate of the deposit, 300 at that of shipment',
  ],
});

walkthrough({
  name: '(i) a pre-order that waits for its goods',
  story: deposited,
  seen: {
    'says that the approval of the balance expired, until something else covers it': (ending) => {
      expect(ending.findings(bought)).toEqual(
        expect.arrayContaining(['authorization_expired_before_dispatch']),
      );
      expect(new Ending(story()).findings(bought)).not.toContain(
        'authorization_expired_before_dispatch',
      );
    },
  },
});

walkthrough({
  name: '(i) a pre-order that is cancelled too late for its deposit',
  story: () =>
    deposited()
      .tells('OrderCancelled', bought, { reason: 'customer' }, { at: '2026-03-20 09:00' })
      .tells(
        'DepositForfeited',
        bought,
        { forfeiture: 'df1', legalEntity: 'a', amount: eur(10_000), reason: 'cancelled_late' },
        { at: '2026-03-20 09:01' },
      ),
  seen: {
    'owes the customer nothing back': (ending) => {
      expect(ending.header(bought)).toMatchObject({ status: 'cancelled', refund_owed_minor: 0n });
      expect(ending.header(bought)['blocked_by']).not.toContain('refund_owed');
    },
    'is told on the order': (ending) => {
      expect(ending.told(bought)).toContain('DepositForfeited');
    },
  },
  waiting: ['Dr contract 100.00 / Cr forfeited deposits of the deposit that is kept'],
});
