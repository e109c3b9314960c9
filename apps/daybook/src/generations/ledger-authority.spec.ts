import { describe, expect, it } from 'vitest';
import type { ReferenceData } from '#domain';
import { asRead, ledgerRulesOf, withLedgerRules } from './ledger-authority.js';
import { derivationOf } from './recipe.js';

const configured: ReferenceData = {
  accounts: {},
  legalEntities: {},
  authority: [{ eventType: 'StockIssued', account: 'wms', rank: 1 }],
};
const row = {
  eventType: 'PaymentCaptured',
  account: 'psp',
  legalEntity: '',
  channel: '',
  validFrom: '2026-03-01',
  rank: 2,
  eventId: 'e1',
};
const group = { projections: [] };
const builtBy = (reference: ReferenceData) => ({ derivation: derivationOf(group, reference) });

describe('the rules of the ledger', () => {
  it('hold for all where they name no legal entity or channel', () => {
    expect(ledgerRulesOf([row, { ...row, legalEntity: 'de01', channel: 'web' }])).toEqual([
      {
        eventType: 'PaymentCaptured',
        account: 'psp',
        rank: 2,
        validFrom: '2026-03-01',
        setBy: 'e1',
      },
      expect.objectContaining({ legalEntity: 'de01', channel: 'web' }),
    ]);
    expect(ledgerRulesOf([{ ...row, eventType: 'PaymentTeleported' }])).toEqual([]);
  });
  it('stay in force over a restart, and those set since wait', () => {
    const read = withLedgerRules(configured, ledgerRulesOf([row]));
    const restarted = asRead(configured, builtBy(read));
    expect(derivationOf(group, restarted)).toEqual(derivationOf(group, read));
    expect(asRead(configured, builtBy(configured))).toEqual(configured);
    expect(asRead(configured, undefined)).toBe(configured);
  });
  it('go with what is configured now, and in place of those of an earlier build', () => {
    const read = withLedgerRules(configured, ledgerRulesOf([row]));
    const changed = { ...configured, authority: [] };
    expect(asRead(changed, builtBy(read)).authority.map(({ setBy }) => setBy)).toEqual(['e1']);
    expect(withLedgerRules(read, []).authority).toEqual(configured.authority);
  });
});
