import { expect } from 'vitest';
import { captured, forOrder, money, order, orderLine, refunded, sent } from './parts.js';
import { Story } from './story.js';
import { sentencesOf } from './telling.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const payment = 'payment-psp:pi_1';

const disputed = (): Story =>
  new Story()
    .tells('OrderCaptured', bought, order([orderLine('A', 1, 19_000, { tax: 1_900 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', bought, 20_900), {
      at: '2026-05-01 09:01',
    })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 1 }), {
      at: '2026-05-02 10:00',
    })
    .tells(
      'ReturnReceived',
      'return-returns:r1',
      { node: 'dc1', receipt: 'rc1', line: '1', sku: 'A', qty: 1, order: bought, orderLine: 'A' },
      { by: 'wms', at: '2026-05-04 08:00' },
    )
    .tells(
      'CreditGranted',
      bought,
      {
        creditMemo: 'cm1',
        legalEntity: 'a',
        currency: 'EUR',
        basis: 'return',
        lines: [{ net: money(19_000), tax: money(1_900), line: 'A', qty: 1 }],
      },
      { at: '2026-05-04 09:00' },
    )
    .tells('RefundIssued', payment, refunded('re_1', bought, 20_900, { creditMemo: 'cm1' }), {
      at: '2026-05-04 09:05',
    })
    .tells(
      'DisputeOpened',
      payment,
      {
        dispute: 'dp_1',
        kind: 'chargeback',
        amount: money(20_900),
        orderRefs: forOrder(bought, 20_900),
        capture: 'ca_1',
      },
      { at: '2026-05-05 12:00' },
    )
    .tells(
      'DisputeEvidenceDue',
      payment,
      { dispute: 'dp_1', dueAt: '2026-05-12' },
      { at: '2026-05-05 12:00' },
    )
    .tells(
      'DisputeFundsWithdrawn',
      payment,
      {
        dispute: 'dp_1',
        withdrawal: 'dw_1',
        tender: 'card',
        amount: money(20_900),
        fee: money(1_500),
        legalEntity: 'a',
        orderRefs: forOrder(bought, 20_900),
      },
      { at: '2026-05-05 12:00' },
    );

walkthrough({
  name: '(f) a chargeback after a refund, still open',
  story: disputed,
  seen: {
    'leaves the contract at zero: the refund was granted and paid': (ending) => {
      expect(ending.contracts()).toEqual({});
    },
    'shows the dispute and its date on the order': (ending) => {
      expect(ending.told(bought)).toEqual(
        expect.arrayContaining(['DisputeOpened', 'DisputeEvidenceDue', 'DisputeFundsWithdrawn']),
      );
    },
    'tells the agent not to refund again, and by when evidence is due': (ending) => {
      const { agent, customer } = sentencesOf(ending, bought, '2026-05-06T09:00:00.000Z');
      expect(agent).toBe(
        'Returned; finance acts next. A dispute is open: do NOT refund again; evidence due 2026-05-12.',
      );
      const late = sentencesOf(ending, bought, '2026-05-13T09:00:00.000Z').agent;
      expect(late).toBe(agent.replace('evidence due', 'evidence was due'));
      expect(customer).toBe('Your order came back to us.');
    },
    'holds what the dispute took, without its fee': (ending) => {
      expect(ending.tenders(bought)).toEqual({
        card: { captured: 20_900n, refunded: 20_900n, disputed: 20_900n },
      });
    },
    'says that it was refunded before it was disputed': (ending) => {
      expect(ending.findings(bought)).toContain('disputed_after_refund');
    },
  },
  waiting: ['Dr disputes receivable 209.00, chargeback fees 15.00 / Cr payment clearing 224.00'],
});

walkthrough({
  name: '(f) a chargeback after a refund, lost',
  story: () =>
    disputed().tells('DisputeLost', payment, { dispute: 'dp_1' }, { at: '2026-06-01 12:00' }),
  seen: {
    'gives back the tax once: with the return, and not again with the loss': (ending) => {
      expect(ending.balances()['tax_payable']).toBeUndefined();
      expect(ending.contracts()).toEqual({});
    },
    'no longer waits for evidence, and still says not to refund again': (ending) => {
      expect(ending.header(bought)['evidence_due_at']).toBeNull();
      expect(ending.header(bought)['blocked_by']).not.toContain('dispute_open');
      expect(ending.tenders(bought)).toEqual({
        card: { captured: 20_900n, refunded: 20_900n, disputed: 20_900n },
      });
      expect(ending.findings(bought)).toContain('disputed_after_refund');
    },
  },
  waiting: ['Dr chargeback losses 209.00 / Cr disputes receivable 209.00, no tax a second time'],
});

walkthrough({
  name: '(f) a chargeback after a refund, won',
  story: () =>
    disputed()
      .tells('DisputeWon', payment, { dispute: 'dp_1' }, { at: '2026-06-01 12:00' })
      .tells(
        'DisputeFundsReinstated',
        payment,
        {
          dispute: 'dp_1',
          reinstatement: 'dr_1',
          tender: 'card',
          amount: money(20_900),
          legalEntity: 'a',
          orderRefs: forOrder(bought, 20_900),
        },
        { at: '2026-06-01 12:00' },
      ),
  seen: {
    'leaves the contract at zero': (ending) => {
      expect(ending.contracts()).toEqual({});
    },
    'takes nothing from the payment any more, and waits for nobody': (ending) => {
      expect(ending.tenders(bought)).toEqual({ card: { captured: 20_900n, refunded: 20_900n } });
      expect(ending.header(bought)).toMatchObject({ next_owner: 'nobody', evidence_due_at: null });
      expect(ending.findings(bought)).toEqual([]);
    },
  },
  waiting: [
    'Dr payment clearing 209.00 / Cr disputes receivable 209.00: the loss is the fee, 15.00',
  ],
});
