import type { AuthorityRule, ReferenceData } from '#domain';
import { isEventType } from '#events';
import type { Generation } from '#projection-engine';
import type { AuthorityRow } from '../../../../projections/source-control/v1/queries.js';
import { referenceDataOf } from './recipe.js';

/** The ledger's own rules of authority as the rules of reference data are. */
export function ledgerRulesOf(rows: readonly AuthorityRow[]): readonly AuthorityRule[] {
  return rows.flatMap(({ eventType, account, legalEntity, channel, validFrom, rank, eventId }) =>
    isEventType(eventType)
      ? [
          {
            eventType,
            account,
            rank,
            validFrom,
            ...(legalEntity === '' ? {} : { legalEntity }),
            ...(channel === '' ? {} : { channel }),
            setBy: eventId,
          },
        ]
      : [],
  );
}

/** The configuration with rules of the ledger, whatever rules of the ledger it held before. */
export function withLedgerRules(
  referenceData: ReferenceData,
  rules: readonly AuthorityRule[],
): ReferenceData {
  const configured = referenceData.authority.filter(({ setBy }) => setBy === undefined);
  return { ...referenceData, authority: [...configured, ...rules] };
}

/**
 * What a program derives by while nobody has asked for another build: its configuration, with the
 * ledger's rules that what is read was built with. A rule that was set since waits for a build, so
 * that what it changes is seen before it is read.
 */
export function asRead(
  referenceData: ReferenceData,
  active: Pick<Generation, 'derivation'> | undefined,
): ReferenceData {
  const inForce = active === undefined ? undefined : referenceDataOf(active);
  const rules = (inForce?.authority ?? []).filter(({ setBy }) => setBy !== undefined);
  return rules.length === 0 ? referenceData : withLedgerRules(referenceData, rules);
}
