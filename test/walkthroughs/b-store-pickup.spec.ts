import { expect } from 'vitest';
import { captured, forOrder, money, order, orderLine, owner, unitsOf } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const payment = 'payment-psp:pi_1';
const pickup = 'pickup-store:p1';

function allocated(story: Story, line: string, at: string): Story {
  return story.tells(
    'StockAllocated',
    `inventory-${line}:store1`,
    {
      authority: 'wms',
      allocation: 'p1',
      line,
      order: bought,
      orderLine: line,
      owner: owner(),
      qty: 1,
      uom: 'each',
    },
    { at },
  );
}

function deallocated(story: Story, line: string, at: string): Story {
  return story.tells(
    'StockDeallocated',
    `inventory-${line}:store1`,
    { authority: 'wms', allocation: 'p1', line, deallocation: 'd1', qty: 1, uom: 'each' },
    { at },
  );
}

function story(): Story {
  const told = new Story()
    .tells(
      'OrderCaptured',
      bought,
      order([
        orderLine('A', 1, 5_455, { tax: 545 }),
        orderLine('B', 1, 4_545, { tax: 455 }),
        orderLine('C', 1, 3_636, { tax: 364 }),
      ]),
      { at: '2026-05-01 09:00' },
    )
    .tells(
      'PaymentAuthorized',
      payment,
      {
        tender: 'card',
        amount: money(15_000),
        authorization: 'au_1',
        orderRefs: forOrder(bought, 15_000),
      },
      { at: '2026-05-01 09:01' },
    )
    .tells(
      'PickupTaskCreated',
      pickup,
      { node: 'store1', lines: unitsOf(bought, { A: 1, B: 1, C: 1 }) },
      { at: '2026-05-01 09:10' },
    );
  for (const line of ['A', 'B', 'C']) allocated(told, line, '2026-05-01 09:05');
  deallocated(told, 'B', '2026-05-01 10:00');
  deallocated(told, 'C', '2026-05-01 10:05');
  allocated(told, 'D', '2026-05-01 10:01');
  return told
    .tells(
      'OrderLineSubstituted',
      bought,
      {
        substitution: 's1',
        line: 'B',
        qty: 1,
        currency: 'EUR',
        newLine: orderLine('D', 1, 4_091, { tax: 409 }),
        priceRule: 'new_price',
        customerConsent: 'given',
      },
      { at: '2026-05-01 10:00' },
    )
    .tells(
      'OrderLineCancelled',
      bought,
      { line: 'C', qty: 1, cancellation: 'not found', reason: 'not_found' },
      { at: '2026-05-01 10:05' },
    )
    .tells('PickupReady', pickup, { expiresAt: '2026-05-08' }, { at: '2026-05-01 11:00' })
    .tells(
      'PickupCompleted',
      pickup,
      { lines: unitsOf(bought, { A: 1, D: 1 }), node: 'store1', proof: 'code' },
      { at: '2026-05-01 17:00' },
    )
    .tells('PaymentCaptured', payment, captured('ca_1', bought, 10_500), {
      at: '2026-05-01 17:01',
    })
    .tells(
      'PaymentAuthorizationReleased',
      payment,
      {
        amount: money(4_500),
        release: 'rl_1',
        authorization: 'au_1',
        orderRefs: forOrder(bought, 4_500),
      },
      { at: '2026-05-01 17:02' },
    );
}

walkthrough({
  name: '(b) a store pickup with a substitute and an item not found',
  story,
  seen: {
    'ends with a contract at zero, revenue and tax per line as received': (ending) => {
      expect(ending.contracts()).toEqual({});
      expect(ending.balances()).toEqual({
        clearing_card: -10_500n,
        revenue: 9_546n,
        tax_payable: 954n,
      });
    },
    'shows each line where it is': (ending) => {
      expect(ending.lines(bought)).toEqual({
        A: 'delivered',
        B: 'cancelled',
        C: 'cancelled',
        D: 'delivered',
      });
    },
    'keeps nothing waiting for the customer once all of it is taken or cancelled': (ending) => {
      expect(ending.header(bought)['pickup_expires_at']).toBeNull();
    },
    'gives the stock of what was not taken back': (ending) => {
      expect(ending.stock('B', 'store1')).toEqual({});
      expect(ending.stock('C', 'store1')).toEqual({});
    },
    'tells of the hold that was released': (ending) => {
      expect(ending.told(bought)).toContain('PaymentAuthorizationReleased');
    },
  },
  waiting: ['the shrink of C once a count finds it missing'],
});
