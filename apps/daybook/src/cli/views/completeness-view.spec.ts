import { describe, expect, it } from 'vitest';
import {
  compareSpan,
  type HeldNumbers,
} from '../../../../../projections/source-control/v1/completeness.js';
import { completenessLines } from './completeness-view.js';

const span = { account: 'pos.store_7', span: '2026-03-10', numberRange: 'receipts' };
const total = {
  records: 800,
  firstSequence: 1,
  lastSequence: 800,
  eventId: 'e1',
  sums: [
    { eventType: 'PaymentCaptured', records: 800, amount: { minor: 80_000, currency: 'EUR' } },
  ],
};

function shown(held: bigint, numbers: HeldNumbers | null): string {
  const facts = {
    eventType: 'PaymentCaptured',
    currency: 'EUR',
    facts: held,
    corrected: 0n,
    amountMinor: held * 100n,
  };
  return completenessLines([compareSpan(span, total, [facts], numbers)]).join('\n');
}

const all: HeldNumbers = { first: 1, last: 800, held: 800, beyond: 0, missing: 0, gaps: [] };

describe('what is shown of completeness', () => {
  it('is one line where all of it came', () => {
    const lines = shown(800n, all);
    expect(lines).toMatch(/800 +800 +0 +matched/);
    expect(lines).not.toContain('sent,');
  });
  it('names each number and sum that differs', () => {
    const gaps = [
      { from: 417, to: 417 },
      { from: 500, to: 502 },
    ];
    const lines = shown(796n, { ...all, held: 796, missing: 9, beyond: 2, gaps });
    expect(lines).toContain('DIFFERS');
    expect(lines).toContain('missing 417, 500 to 502, and 5 more');
    expect(lines).toContain('2 numbers beyond');
    expect(lines).toContain(
      'PaymentCaptured: 800 sent, 796 held; 800.00 EUR sent, 796.00 EUR held',
    );
  });
  it('counts facts where the source gives no numbers', () => {
    expect(shown(800n, null)).toMatch(/800 +800 +matched/);
    expect(shown(799n, null)).toContain('DIFFERS');
  });
  it('says that nothing was told, or no total yet', () => {
    expect(completenessLines([])).toEqual(['No source has told what it sent.']);
    expect(completenessLines([compareSpan(span, null, [], all)]).join()).toContain('no total yet');
  });
});
