import { type AnyLedgerEvent, categories, isCategory } from '#events';
import {
  categoryOf,
  comparableInstant,
  compareInstants,
  leafOf,
  memoizeByObject,
  parseLeaf,
} from '#kernel';
import { type AuthorityRule, type ReferenceData, zoneOfAccount } from './reference-data.js';

export const unauthorisedRank = 100;

/** What of an event its source's authority is read by. */
export type RankedEvent = Pick<AnyLedgerEvent, 'type' | 'account' | 'leaf' | 'occurrence' | 'data'>;

/**
 * The rank of a report, by the rule that was in force when it happened. Without a rule, the account
 * that issued an object's id is the authority on that object, everybody else is a witness; where a
 * name holds no account (items, stock), every source is an authority.
 */
export function rankOf(reference: ReferenceData, event: RankedEvent): number {
  const rules = rulesByReport(reference).get(reportName(event.type, event.account));
  const rule = rules && ruleInForce(rules, event, zoneOfAccount(reference, event.account));
  return rule?.rank ?? rankByName(event);
}

/** A rule with the instant it holds from; null where it always did. */
interface DatedRule {
  readonly rule: AuthorityRule;
  readonly from: string | null;
}

/** Rules by type and account, the first that applies to a report being the one in force. */
const rulesByReport = memoizeByObject((reference: ReferenceData) => {
  const byReport = new Map<string, DatedRule[]>();
  for (const rule of reference.authority) {
    const name = reportName(rule.eventType, rule.account);
    const from = validFromInstant(rule.validFrom, zoneOfAccount(reference, rule.account));
    byReport.set(name, [...(byReport.get(name) ?? []), { rule, from }]);
  }
  for (const rules of byReport.values()) rules.sort(comparePrecedence);
  return byReport;
});

function reportName(eventType: string, account: string): string {
  return `${eventType} ${account}`;
}

/** The day a rule begins on is one of the source's zone, as the days it reports are. */
function validFromInstant(validFrom: string | undefined, zone: string): string | null {
  if (validFrom === undefined) return null;
  const precision = validFrom.length === 10 ? 'date' : 'instant';
  return comparableInstant(
    { occurredAt: validFrom, precision, notBefore: null, notAfter: null },
    zone,
  );
}

/** What says more of the report comes first, then the latest, then what the ledger itself says. */
function comparePrecedence(left: DatedRule, right: DatedRule): number {
  return (
    precisionOf(right.rule) - precisionOf(left.rule) ||
    compareFrom(right.from, left.from) ||
    Number(right.rule.setBy !== undefined) - Number(left.rule.setBy !== undefined)
  );
}

function precisionOf({ legalEntity, channel }: AuthorityRule): number {
  return (legalEntity === undefined ? 0 : 2) + (channel === undefined ? 0 : 1);
}

/** A rule that always held began before any other. */
function compareFrom(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return compareInstants(left, right);
}

function ruleInForce(
  rules: readonly DatedRule[],
  { occurrence, data }: RankedEvent,
  zone: string,
): AuthorityRule | undefined {
  const said = new Map<string, unknown>(Object.entries(data));
  // What happened at an unknown time is judged by what held at the first it can have been.
  const at = comparableInstant(occurrence, zone) ?? occurrence.notBefore;
  return rules.find(
    ({ rule: { legalEntity, channel }, from }) =>
      (legalEntity === undefined || legalEntity === said.get('legalEntity')) &&
      (channel === undefined || channel === said.get('channel')) &&
      (from === null || (at !== null && compareInstants(from, at) <= 0)),
  )?.rule;
}

function rankByName({ leaf, account }: RankedEvent): number {
  if (!isNamedByAccount(leaf)) return 0;
  const parsed = parseLeaf(leaf);
  if (!parsed) return 0;
  return isIssuedBy(leaf, parsed.category, parsed.parts, account) ? 0 : unauthorisedRank;
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
