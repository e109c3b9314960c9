import { describe, expect, it } from 'vitest';
import { type RankedEvent, rankOf } from './authority.js';
import type { AuthorityRule, ReferenceData } from './reference-data.js';

const saidData = {
  tender: 'card',
  amount: { minor: 1_000, currency: 'EUR' },
  legalEntity: 'de01',
  capture: 'ch_1',
  orderRefs: null,
} as const;

const told: RankedEvent = {
  type: 'PaymentCaptured',
  account: 'shop',
  leaf: 'payment-psp:pi_1',
  occurrence: {
    occurredAt: '2026-03-01T10:00:00.000Z',
    precision: 'instant',
    notBefore: null,
    notAfter: null,
  },
  data: saidData,
};

const rule = (more: Partial<AuthorityRule>): AuthorityRule => ({
  eventType: 'PaymentCaptured',
  account: 'shop',
  rank: 1,
  ...more,
});

function rank(
  authority: readonly AuthorityRule[],
  event: Partial<RankedEvent> = {},
  accounts: ReferenceData['accounts'] = {},
): number {
  return rankOf({ accounts, legalEntities: {}, authority }, { ...told, ...event });
}

const at = (occurredAt: string) => ({ occurrence: { ...told.occurrence, occurredAt } });

describe('the rank of a report', () => {
  it('is that of the issuer or of a witness where no rule says otherwise', () => {
    expect(rank([])).toBe(100);
    expect(rank([], { account: 'psp' })).toBe(0);
    expect(rank([], { account: 'wms', leaf: 'inventory-A:dc1' })).toBe(0);
    expect(rank([], { account: 'wms', leaf: 'claim-carrier:7' })).toBe(100);
  });
  it('is read by the rule that was in force when it happened', () => {
    const rules = [
      rule({ rank: 7 }),
      rule({ rank: 2, validFrom: '2026-02-01' }),
      rule({ rank: 3, validFrom: '2026-03-01T10:00:00.001Z' }),
    ];
    for (const order of [rules, [...rules].reverse()]) {
      expect(rank(order)).toBe(2);
      expect(rank(order, at('2026-01-31T23:59:59.999Z'))).toBe(7);
      expect(rank(order, at('2026-03-02T00:00:00.000Z'))).toBe(3);
    }
  });
  it("begins with the first instant of a day of the source's own zone", () => {
    const rules = [rule({ validFrom: '2026-03-01' })];
    const accounts = { shop: { zone: 'America/Sao_Paulo' } };
    expect(rank(rules, at('2026-03-01T02:59:59.999Z'), accounts)).toBe(100);
    expect(rank(rules, at('2026-03-01T03:00:00.000Z'), accounts)).toBe(1);
  });
  it('is that of the rule for its legal entity and channel before one for all', () => {
    const rules = [
      rule({ rank: 5, validFrom: '2026-02-01' }),
      rule({ rank: 4, legalEntity: 'de01' }),
      rule({ rank: 3, legalEntity: 'at01', validFrom: '2026-02-01' }),
      rule({ rank: 2, channel: 'web' }),
    ];
    expect(rank(rules)).toBe(4);
    expect(rank(rules, { data: { ...saidData, legalEntity: 'ch01' } as never })).toBe(5);
    expect(rank(rules, { data: { ...saidData, channel: 'web', legalEntity: 'x' } as never })).toBe(
      2,
    );
  });
  it('is that of the ledger’s rule where the configuration has one of the same day', () => {
    const rules = [rule({ rank: 5 }), rule({ rank: 4, setBy: 'e1' })];
    expect(rank(rules)).toBe(4);
    expect(rank([...rules].reverse())).toBe(4);
  });
  it('of an unknown time is that of the first time it can have been, or of what always held', () => {
    const occurrence = { ...told.occurrence, occurredAt: null, precision: 'unknown' } as const;
    const rules = [rule({ rank: 7 }), rule({ rank: 2, validFrom: '2026-02-01' })];
    expect(rank(rules, { occurrence })).toBe(7);
    const notBefore = '2026-02-03T00:00:00.000Z';
    expect(rank(rules, { occurrence: { ...occurrence, notBefore } })).toBe(2);
  });
});
