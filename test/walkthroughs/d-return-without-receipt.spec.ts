import { expect } from 'vitest';
import { captured, money, order, orderLine, owner, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const ticket = 'order-till_b:77';
const given = 'return-till_b:77';

const withoutReceipt = (): Story =>
  new Story()
    .tells('OrderCaptured', bought, order([orderLine('A', 1, 4_000, { tax: 400 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', 'payment-psp:pi_1', captured('ca_1', bought, 4_400), {
      at: '2026-05-01 09:01',
    })
    .tells('ShipmentDispatched', 'shipment-wms:s1', sent(bought, { A: 1 }), {
      at: '2026-05-02 10:00',
    })
    .tells(
      'ReturnReceived',
      given,
      { node: 'store_b', receipt: '77', line: '1', sku: 'A', qty: 1, order: ticket },
      { at: '2026-05-10 12:00' },
    )
    .tells(
      'StockReceived',
      'inventory-A:store_b',
      {
        owner: owner('a'),
        qty: 1,
        uom: 'each',
        cause: 'return',
        bucket: 'sellable',
        receipt: '77',
        line: '1',
        returnRef: given,
      },
      { by: 'till_b', at: '2026-05-10 12:00' },
    )
    .tells(
      'CreditGranted',
      ticket,
      {
        creditMemo: 'cm77',
        legalEntity: 'b',
        currency: 'EUR',
        basis: 'return',
        lines: [{ net: money(3_636), tax: money(364) }],
        returnRef: given,
      },
      { at: '2026-05-10 12:00' },
    )
    .tells(
      'RefundIssued',
      'payment-till_b:77',
      {
        tender: 'store_credit',
        amount: money(4_000),
        legalEntity: 'b',
        refund: 'sc77',
        orderRefs: [{ order: ticket, amount: money(4_000) }],
      },
      { at: '2026-05-10 12:01' },
    );

walkthrough({
  name: '(d) a return without receipt in a store of another legal entity',
  story: withoutReceipt,
  seen: {
    'is proposed for no books before its ticket is told: what it credits is not known': (
      ending,
    ) => {
      const proposed = ending
        .rows('erp_postings.proposed_entry')
        .filter((row) => row['contract'] === ticket);
      expect(
        proposed.map((row) => `${String(row['event_type'])} ${String(row['status'])}`),
      ).toEqual(expect.arrayContaining(['CreditGranted incomplete', 'RefundIssued incomplete']));
      expect(proposed).toHaveLength(2);
      expect(ending.balances('b')).toEqual({});
      expect(ending.contracts()).toEqual({});
    },
    'leaves the goods at the other store, of their owner': (ending) => {
      expect(ending.stock('A', 'store_b')).toEqual({ sellable: 1n, on_hand: 1n });
      expect(
        ending
          .rows('inventory_reservations.stock')
          .filter((row) => row['node'] === 'store_b')
          .map((row) => row['owner_id']),
      ).toEqual(['a']);
    },
    'stands on the timeline of the ticket': (ending) => {
      expect(ending.told(ticket)).toEqual(
        expect.arrayContaining(['CreditGranted', 'RefundIssued']),
      );
    },
  },
});

walkthrough({
  name: '(d) a return without receipt whose ticket the till tells as an order without lines',
  story: () =>
    withoutReceipt().tells(
      'OrderCaptured',
      ticket,
      order([], { legalEntity: 'b', channel: 'store', currency: 'EUR' }),
      { at: '2026-05-10 12:00' },
    ),
  seen: {
    'is booked where it was taken back, and paid in store credit': (ending) => {
      expect(ending.balances('b')).toEqual({
        sales_returns: -3_636n,
        tax_payable: -364n,
        store_credit_liability: 4_000n,
      });
      expect(ending.contracts()).toEqual({});
    },
  },
});

walkthrough({
  name: '(d) a return without receipt, tied to its order later',
  story: () =>
    withoutReceipt().tells(
      'ExternalReferenceAttached',
      given,
      { object: given, referenceType: 'order', reference: bought },
      { by: 'till_b', at: '2026-05-20 09:00' },
    ),
  seen: {
    'is seen on the timeline of the order it came from': (ending) => {
      expect(ending.told(bought)).toContain('ReturnReceived');
    },
    'leaves the goods where they are, of their owner': (ending) => {
      expect(ending.stock('A', 'store_b')).toEqual({ sellable: 1n, on_hand: 1n });
    },
  },
  waiting: [
    'the reversal in b and the credit in a, with intercompany on both sides, once the return is tied',
  ],
});
