import fc from 'fast-check';
import type { AccountsEvent } from './accounts-domain.js';

const accountLeaves = ['account-a', 'account-b', 'account-c'];
const currencies = ['EUR', 'USD'];
const amounts = fc.integer({ min: 1, max: 50 });

const drafts = fc.oneof(
  fc.record({
    type: fc.constant('Deposited' as const),
    leaf: fc.constantFrom(...accountLeaves),
    amount: amounts,
    currency: fc.constantFrom(...currencies),
  }),
  fc.record({
    type: fc.constant('Transferred' as const),
    leaf: fc.constantFrom('transfer-1', 'transfer-2', 'transfer-3', 'transfer-4'),
    from: fc.constantFrom(...accountLeaves),
    to: fc.constantFrom('account-d', 'account-e', ...accountLeaves),
    amount: amounts,
    currency: fc.constantFrom(...currencies),
    reference: fc.constantFrom('r1', 'r2', 'r3'),
  }),
  fc.record({
    type: fc.constant('RateSet' as const),
    leaf: fc.constantFrom(...currencies.map((currency) => `rate-${currency}`)),
    rate: amounts,
  }),
  fc.record({
    type: fc.constant('Corrected' as const),
    leaf: fc.constantFrom('correction-1', 'correction-2', 'correction-3'),
    target: fc.nat({ max: 30 }).map((index) => `e${index}`),
  }),
  fc.record({
    type: fc.constant('AccountMerged' as const),
    leaf: fc.constantFrom(...accountLeaves),
    into: fc.constantFrom('account-e', ...accountLeaves),
  }),
);

/** Histories of a few accounts, so that everything meets everything. */
export function histories(eventsMax: number): fc.Arbitrary<readonly AccountsEvent[]> {
  return fc
    .array(drafts, { minLength: 1, maxLength: eventsMax })
    .map((all) => all.map((draft, index): AccountsEvent => ({ ...draft, eventId: `e${index}` })));
}
