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

/** The balance of the old order goes over, by somebody's leave, and the exchange is done. */
function settled(): Story {
  const story = exchanged();
  story.decides(
    'ContractBalanceTransferred',
    first,
    {
      transfer: 't1',
      toOrder: second,
      legalEntity: 'a',
      balance: money(-5_940),
      cause: 'exchange',
      approval: 'approval-daybook:ap1',
    },
    '2026-05-12 11:02',
  );
  return story
    .tells(
      'ApprovalGranted',
      'approval-daybook:ap1',
      { decidedBy: 'returns_policy' },
      { at: '2026-05-12 11:01' },
    )
    .tells(
      'ExchangeSettled',
      'exchange-returns:x1',
      { difference: money(2_860), creditMemo: 'cm1', payment: 'payment-psp:pi_2' },
      { at: '2026-05-12 11:06' },
    );
}

walkthrough({
  name: '(e) an uneven exchange whose balance was carried over',
  story: settled,
  seen: {
    'owes the customer nothing any more, and asks nothing more of them': (ending) => {
      expect(ending.header(first)['refund_owed_minor']).toBe(0n);
      expect(ending.findings(first)).toEqual([]);
      expect(ending.findings(second)).toEqual([]);
    },
    'shows the old line as returned, and the new one as sent': (ending) => {
      expect(ending.lines(first)).toEqual({ A: 'returned' });
      expect(ending.lines(second)).toEqual({ N: 'dispatched' });
    },
    'is told on both orders': (ending) => {
      for (const order of [first, second]) {
        expect(ending.told(order)).toEqual(
          expect.arrayContaining(['ContractBalanceTransferred', 'ExchangeOpened']),
        );
      }
    },
  },
});

const itsReturn = 'return-returns:r2';

/** The same item in another size: the new one leaves under the order of the old one. */
const even = (): Story =>
  new Story()
    .tells('OrderCaptured', first, order([orderLine('A', 1, 5_400, { tax: 540 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', first, 5_940), { at: '2026-05-01 09:01' })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(first, { A: 1 }), {
      at: '2026-05-02 10:00',
    })
    .tells(
      'ExchangeOpened',
      'exchange-returns:x2',
      {
        order: first,
        kind: 'standard',
        newLines: [{ sku: 'A2', qty: 1, orderLine: 'A' }],
        returnRef: itsReturn,
      },
      { at: '2026-05-10 09:00' },
    )
    .tells(
      'ReturnReceived',
      itsReturn,
      { node: 'dc1', receipt: 'rc2', line: '1', sku: 'A', qty: 1, order: first, orderLine: 'A' },
      { by: 'wms', at: '2026-05-12 10:00' },
    )
    .tells('ShipmentDispatched', 'shipment-wms:s2', sent(first, { A: 1 }, { kind: 'exchange' }), {
      at: '2026-05-13 10:00',
    });

walkthrough({
  name: '(e) an even exchange',
  story: even,
  seen: {
    'posts the revenue of the first sale and no other': (ending) => {
      expect(ending.balances()).toMatchObject({ revenue: 5_400n, tax_payable: 540n });
      expect(ending.posted('shipment-wms:s2')).toEqual({});
      expect(ending.contracts()).toEqual({});
    },
    'leaves nothing to refund, and shows that units were sent again': (ending) => {
      expect(ending.header(first)['refund_owed_minor']).toBe(0n);
      expect(ending.findings(first)).toEqual(['replacement_sent']);
    },
  },
});

/** The new item leaves before the old one is back; until it is, it is not charged. */
const advanced = (): Story =>
  new Story()
    .tells('OrderCaptured', first, order([orderLine('A', 1, 5_400, { tax: 540 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', payment, captured('ca_1', first, 5_940), { at: '2026-05-01 09:01' })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(first, { A: 1 }), {
      at: '2026-05-02 10:00',
    })
    .tells(
      'ReturnAuthorized',
      itsReturn,
      { authorization: 'rma2', returnUntil: '2026-05-24' },
      { at: '2026-05-10 09:00' },
    )
    .tells('OrderCaptured', second, order([orderLine('A2', 1, 5_400, { tax: 540 })]), {
      at: '2026-05-10 09:00',
    })
    .tells(
      'ExchangeOpened',
      'exchange-returns:x3',
      {
        order: first,
        kind: 'advance',
        newLines: [{ sku: 'A2', qty: 1 }],
        returnRef: itsReturn,
        newOrder: second,
        difference: money(0),
      },
      { at: '2026-05-10 09:01' },
    )
    .tells(
      'PaymentAuthorized',
      'payment-psp:pi_3',
      {
        tender: 'card',
        amount: money(5_940),
        authorization: 'au_3',
        orderRefs: [{ order: second, amount: money(5_940) }],
      },
      { at: '2026-05-10 09:02' },
    )
    .tells('ShipmentDispatched', 'shipment-wms:s3', sent(second, { A2: 1 }), {
      at: '2026-05-11 10:00',
    });

walkthrough({
  name: '(e) an advance exchange whose old item is still out',
  story: advanced,
  seen: {
    'has sent what is not paid, and holds its amount': (ending) => {
      expect(ending.contracts()).toEqual({ [second]: -5_940n });
      expect(ending.tenders(second)).toEqual({
        card: { authorized: 5_940n, open_authorization: 5_940n },
      });
      expect(ending.told(first)).toContain('ReturnAuthorized');
    },
  },
});

walkthrough({
  name: '(e) an advance exchange that is never returned',
  story: () =>
    advanced()
      .tells('ReturnExpired', itsReturn, { returnUntil: '2026-05-24' }, { at: '2026-05-25 00:00' })
      .tells(
        'PaymentCaptured',
        'payment-psp:pi_3',
        Object.assign(captured('ca_3', second, 5_940), { authorization: 'au_3' }),
        { at: '2026-05-25 01:00' },
      ),
  seen: {
    'is charged, and both contracts end at zero': (ending) => {
      expect(ending.contracts()).toEqual({});
      expect(ending.balances()).toMatchObject({ revenue: 10_800n, tax_payable: 1_080n });
      expect(ending.tenders(second)).toEqual({
        card: { authorized: 5_940n, captured: 5_940n },
      });
      expect(ending.findings(second)).toEqual([]);
    },
  },
});
