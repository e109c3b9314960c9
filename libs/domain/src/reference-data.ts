import type { EventType } from '#events';

/**
 * How much a source's word counts for one type of event; the lowest rank counts first. It holds for
 * what happened since `validFrom`, until the next rule; for one legal entity or channel where it
 * names it, and then before one that does not.
 */
export interface AuthorityRule {
  readonly eventType: EventType;
  /** A registered account. */
  readonly account: string;
  /** From zero; 100 and above is a witness and no authority. */
  readonly rank: number;
  /** A day of the account's zone or an instant; it always held where this is left out. */
  readonly validFrom?: string;
  readonly legalEntity?: string;
  readonly channel?: string;
  /** The event that set it; left out where the configuration does. */
  readonly setBy?: string;
}

/** What is registered about sources and legal entities; part of the configuration. */
export interface ReferenceData {
  /** The zone a source's zone-less times and dates are in; UTC where an account is not listed. */
  readonly accounts: Readonly<Record<string, { readonly zone: string }>>;
  /** The zone whose days and months a legal entity's periods are; UTC where it is not listed. */
  readonly legalEntities: Readonly<Record<string, { readonly zone: string }>>;
  readonly authority: readonly AuthorityRule[];
}

export function zoneOfAccount(reference: ReferenceData, account: string): string {
  return reference.accounts[account]?.zone ?? 'UTC';
}

export function zoneOfLegalEntity(reference: ReferenceData, legalEntity: string): string {
  return reference.legalEntities[legalEntity]?.zone ?? 'UTC';
}
