import { categories, type EventType, isCategory } from '#events';
import { categoryOf, leafOf, parseLeaf } from '#kernel';

/** How much a source's word counts for one type of event; the lowest rank counts first. */
export interface AuthorityRule {
  readonly eventType: EventType;
  /** A registered account. */
  readonly account: string;
  /** From zero; {@link unauthorisedRank} and above is a witness and no authority. */
  readonly rank: number;
}

/** What is registered about sources and legal entities; part of the configuration. */
export interface ReferenceData {
  /** The zone a source's zone-less times and dates are in; UTC where an account is not listed. */
  readonly accounts: Readonly<Record<string, { readonly zone: string }>>;
  /** The zone whose days and months a legal entity's periods are; UTC where it is not listed. */
  readonly legalEntities: Readonly<Record<string, { readonly zone: string }>>;
  readonly authority: readonly AuthorityRule[];
}

export const unauthorisedRank = 100;

export function zoneOfAccount(reference: ReferenceData, account: string): string {
  return reference.accounts[account]?.zone ?? 'UTC';
}

export function zoneOfLegalEntity(reference: ReferenceData, legalEntity: string): string {
  return reference.legalEntities[legalEntity]?.zone ?? 'UTC';
}

/**
 * The rank of a report. Without a rule, the account that issued an object's id is the authority on
 * that object, everybody else is a witness; where a name holds no account (items, stock), every
 * source is an authority.
 */
export function rankOf(
  reference: ReferenceData,
  report: { readonly type: EventType; readonly account: string; readonly leaf: string },
): number {
  const rule = reference.authority.find(
    ({ eventType, account }) => eventType === report.type && account === report.account,
  );
  if (rule) return rule.rank;
  if (!isNamedByAccount(report.leaf)) return 0;
  const parsed = parseLeaf(report.leaf);
  if (!parsed) return 0;
  return isIssuedBy(report.leaf, parsed.category, parsed.parts, report.account)
    ? 0
    : unauthorisedRank;
}

function isNamedByAccount(leaf: string): boolean {
  const category = categoryOf(leaf);
  return isCategory(category) && categories[category].scope === 'account';
}

function isIssuedBy(
  leaf: string,
  category: string,
  parts: readonly string[] | undefined,
  account: string,
): boolean {
  return parts === undefined
    ? leaf.startsWith(`${leafOf(category, [account])}:`)
    : parts[0] === account;
}
