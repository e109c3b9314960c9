import { expect } from 'vitest';
import { captured, money, order, orderLine, refunded, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const payment = 'payment-psp:pi_1';

function story(): Story {
  const told = new Story()
    .tells('OrderCaptured', bought, order([orderLine('A', 1, 5_000, { tax: 500 })]), {
      at: '2026-01-20 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', bought, 5_500), { at: '2026-01-20 09:01' })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 1 }), {
      at: '2026-01-21 10:00',
    })
    .tells(
      'ReturnReceived',
      'return-returns:r1',
      { node: 'dc1', receipt: 'rc1', line: '1', sku: 'A', qty: 1, order: bought, orderLine: 'A' },
      { by: 'wms', at: '2026-01-30 16:00' },
    )
    .tells(
      'CreditGranted',
      bought,
      {
        creditMemo: 'cm1',
        legalEntity: 'a',
        currency: 'EUR',
        basis: 'return',
        lines: [{ net: money(5_000), tax: money(500), line: 'A', qty: 1 }],
        returnRef: 'return-returns:r1',
      },
      { at: '2026-02-03 09:00' },
    )
    .tells('RefundIssued', payment, refunded('re_1', bought, 5_500, { creditMemo: 'cm1' }), {
      at: '2026-02-03 09:05',
    });
  told.decides(
    'PeriodClosed',
    'period-a:2026%2D01',
    { legalEntity: 'a', period: '2026-01', book: 'ledger', closedBy: 'controller' },
    '2026-02-02 18:00',
  );
  return told;
}

walkthrough({
  name: '(n) a return that is credited after the month was closed',
  story,
  seen: {
    'credits in February what was sold in January': (ending) => {
      const periods = ending
        .rows('erp_postings.proposed_entry')
        .map((row) => [row['event_type'], row['period']]);
      expect(periods).toEqual(
        expect.arrayContaining([
          ['ShipmentDispatched', '2026-01'],
          ['CreditGranted', '2026-02'],
        ]),
      );
      expect(ending.contracts()).toEqual({});
    },
    'tells that the goods came back in January': (ending) => {
      expect(ending.lines(bought)).toEqual({ A: 'returned' });
      expect(ending.findings(bought)).toEqual([]);
    },
  },
  waiting: [
    'the entry of February with its original period 2026-01, and the lock of the tax period',
  ],
});
