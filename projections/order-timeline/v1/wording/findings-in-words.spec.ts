import { describe, expect, it } from 'vitest';
import { type Finding, findingOf } from '#domain';
import { findingIn } from './findings-in-words.js';

describe('a finding in words', () => {
  const paidTwice = (currency: string | null): Finding =>
    findingOf(
      'refund_exceeds_capture',
      '',
      {
        expected: { minor: '123450', currency },
        found: { minor: '12345678901234567890', currency },
      },
      ['b', 'a'],
    );

  it('has a sentence in the place of its facts, and all else as it is stored', () => {
    expect(findingIn('en', paidTwice('EUR'))).toEqual({
      code: 'refund_exceeds_capture',
      key: '',
      words: '123,456,789,012,345,678.90 EUR went back, 1,234.50 EUR came in.',
      severity: 'error',
      team: 'finance',
      eventIds: ['a', 'b'],
    });
  });
  it('tells amounts of no known currency in minor units', () => {
    expect(findingIn('en', paidTwice(null)).words).toBe(
      '12345678901234567890 minor units went back, 123450 minor units came in.',
    );
  });
  it.each([
    ['700', '4.00 EUR in cash are over: 7.00 EUR counted, 3.00 EUR expected.'],
    ['100', '2.00 EUR in cash are short: 1.00 EUR counted, 3.00 EUR expected.'],
  ])('tells by how much %s in a till are off', (minor, words) => {
    const facts = {
      tender: 'cash',
      expected: { minor: '300', currency: 'EUR' },
      found: { minor, currency: 'EUR' },
    };
    expect(findingIn('en', findingOf('till_over_or_short', '', facts, [])).words).toBe(words);
  });
  it.each([
    [{ until: '2026-03-01' }, /^Goods left after 2026-03-01, /],
    [{ amount: { minor: '500', currency: 'EUR' } }, /^An authorization of 5\.00 EUR expired /],
  ])('tells of an authorization what is known of its end: %j', (facts, words) => {
    const finding = findingOf('authorization_expired_before_dispatch', '', facts, []);
    expect(findingIn('en', finding).words).toMatch(words);
  });
  it('tells once what was done by an approval, in the words of what happened', () => {
    const facts = {
      leaf: 'approval-oms:a1',
      types: ['ContractBalanceTransferred', 'ContractBalanceTransferred', 'CreditGranted'],
      isDenied: false,
    } as const;
    expect(findingIn('en', findingOf('approval_missing', '', facts, [])).words).toBe(
      'A balance was moved to another order and a credit was granted by approval-oms:a1, which nobody granted.',
    );
  });
  it('is told by its code where another build found it', () => {
    expect(findingIn('en', { code: 'moon_in_the_way', facts: {} }).words).toBe('moon_in_the_way');
  });
});
