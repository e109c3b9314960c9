import { expect } from 'vitest';
import { money, order, orderLine, sent } from './parts.js';
import { Story } from './story.js';
import { agentLines, customerLines, sentencesOf } from './telling.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-marketplace:m1';
const batch = 'settlement-marketplace:4711';
const shipment = 'shipment-wms:s1';

const story = (): Story =>
  new Story()
    .tells(
      'OrderCaptured',
      bought,
      order([orderLine('A', 1, 10_000, { tax: 800, liable: 'marketplace' })], {
        debtor: { kind: 'marketplace', id: 'marketplace' },
        channel: 'marketplace',
      }),
      { at: '2026-05-01 09:00' },
    )
    .tells('ShipmentDispatched', shipment, sent(bought, { A: 1 }), {
      at: '2026-05-02 15:00',
    })
    .tells(
      'SettlementLineReported',
      batch,
      {
        line: '1',
        type: 'charge',
        legalEntity: 'a',
        gross: money(10_000),
        fee: money(1_500),
        tax: money(0),
        net: money(8_500),
        reference: bought,
      },
      { at: '2026-05-03 06:00' },
    )
    .tells(
      'SettlementLineReported',
      batch,
      {
        line: '2',
        type: 'fee',
        legalEntity: 'a',
        gross: money(0),
        fee: money(3_999),
        tax: money(0),
        net: money(-3_999),
      },
      { at: '2026-05-03 06:00' },
    )
    .tells(
      'PayoutReceived',
      batch,
      { payout: '4711', legalEntity: 'a', amount: money(4_501) },
      { by: 'bank', at: '2026-05-03' },
    );

walkthrough({
  name: '(a) a marketplace order',
  story,
  seen: {
    'is revenue against the marketplace, without a tax of ours': (ending) => {
      expect(ending.balances()).toEqual({ contract: -10_000n, revenue: 10_000n });
    },
    'posts its revenue when it is sent, and nothing by what the marketplace tells': (ending) => {
      expect(ending.posted(shipment)).toEqual({ contract: -10_000n, revenue: 10_000n });
      expect(ending.posted(bought)).toEqual({});
      expect(ending.posted(batch)).toEqual({});
    },
    'is on its way': (ending) => {
      expect(ending.lines(bought)).toEqual({ A: 'dispatched' });
      expect(sentencesOf(ending, bought, '2026-05-04T09:00:00.000Z').customer).toBe(
        'Your order is on its way.',
      );
    },
    'says in which payout it was paid, of which day, and to the customer nothing of it': (
      ending,
    ) => {
      expect(agentLines(ending, bought)).toContain(
        'In payout 4711: charge 100.00 EUR, fee 15.00 EUR, net 85.00 EUR',
      );
      const [settled] = ending
        .rows('order_timeline.entry')
        .filter((row) => row['subject'] === bought && row['type'] === 'SettlementLineReported');
      expect(settled?.['occurred_at']).toBe('2026-05-03T06:00:00.000Z');
      expect(customerLines(ending, bought).join()).not.toContain('payout');
    },
    'shows nothing odd': (ending) => {
      expect(ending.findings(bought)).toEqual([]);
    },
    'shows what the marketplace settled on its timeline': (ending) => {
      expect(ending.told(bought)).toEqual([
        'OrderCaptured',
        'SettlementLineReported',
        'ShipmentDispatched',
      ]);
    },
  },
  waiting: [
    'Dr marketplace clearing 85.00, commission 15.00 / Cr contract 100.00 of the settlement line',
    'Dr fees 39.99 / Cr marketplace clearing of the fee of the batch',
    'Dr bank 45.01 / Cr marketplace clearing of the payout',
  ],
});
