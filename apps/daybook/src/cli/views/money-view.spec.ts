import { describe, expect, it } from 'vitest';
import type { PayoutAnswer } from '../../http/money/payout-reads.js';
import { contractsView, payoutView } from './money-view.js';

const contractOf = (legalEntity: string, currency: string, debitMinor: string) => ({
  contract: 'order-shop:1',
  legalEntity,
  currency,
  debtor: 'C1',
  debitMinor,
  creditMinor: '100',
  balanceMinor: String(BigInt(debitMinor) - 100n),
});

const eur = (minor: number) => ({ minor, currency: 'EUR' });

describe('contracts', () => {
  it('are added up by legal entity and currency', () => {
    const lines = contractsView([
      contractOf('de01', 'EUR', '300'),
      contractOf('de01', 'EUR', '50'),
      contractOf('de01', 'CHF', '100'),
    ]);
    expect(lines.slice(4).map((line) => line.split(/ {2,}/))).toEqual([
      ['all that are listed', 'de01', '3.50 EUR', '2.00 EUR', '1.50 EUR'],
      ['all that are listed', 'de01', '1.00 CHF', '1.00 CHF', '0.00 CHF'],
    ]);
  });
});

describe('a payout', () => {
  it('tells what each line is, what it was and what was kept of it', () => {
    const entry = {
      eventId: 'e',
      account: 'stripe',
      occurredAt: null,
      precision: 'unknown',
      standing: 'effective',
      revision: '0',
    };
    const amounts = { gross: eur(-1000), fee: eur(150), tax: eur(0), net: eur(-1150) };
    const answer: PayoutAnswer = {
      batch: 'settlement-stripe:b1',
      payouts: [],
      next: null,
      items: [
        {
          ...entry,
          type: 'SettlementLineReported',
          data: { type: 'dispute_reversal', ...amounts },
        },
        { ...entry, type: 'PayoutReceived', data: { amount: eur(900) } },
      ],
    };
    expect(
      payoutView(answer)
        .slice(-2)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      [
        'unknown',
        'dispute reversal',
        '-10.00 EUR',
        '1.50 EUR',
        '0.00 EUR',
        '-11.50 EUR',
        'stripe',
        'effective',
        'e',
      ],
      ['unknown', 'received at the bank', '9.00 EUR', 'stripe', 'effective', 'e'],
    ]);
  });
});
