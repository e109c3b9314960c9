import { type AnyLedgerEvent, authorityOf, definitionOf } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import { unauthorisedRank } from '../authority.js';
import { disagreement, dispatchesDisagree } from './disagreement.js';
import { groupBy } from './group-by.js';
import type { HappeningOf } from './happening.js';
import { type OrderName, orderNamesIn } from './order-names.js';
import {
  isUnnumberedPayment,
  numberedPayments,
  paymentKey,
  paymentsDisagree,
} from './payment-number.js';
import { registerWinner } from './register.js';
import { registerKeyOf } from './register-key.js';
import { compareByAuthority, type Report } from './report.js';
import type { Verdicts } from './standing.js';

/** Of the reports of one happening, or of one register, the one that is effective. */
export function elect(
  statements: readonly Report[],
  happeningOf: HappeningOf,
  verdicts: Verdicts,
  findings: Finding[],
): void {
  const registers = groupBy(statements, (report) => registerKeyOf(report.event) ?? '');
  for (const [key, group] of registers) {
    if (key !== '') settleRegister(group, verdicts);
  }
  const happenings = groupBy(
    registers.get('') ?? [],
    (report) => happeningOf(report) ?? report.factId,
  );
  const numbered = numberedPayments(statements);
  const orderName = orderNamesIn(statements);
  for (const group of happenings.values()) {
    const believed = group.length === 1 ? group : [...group].sort(compareByAuthority);
    const [best] = believed;
    if (best === undefined) continue;
    const paymentNumbered = isUnnumberedPayment(best.event)
      ? numbered.get(paymentKey(best))
      : undefined;
    const effective = new Set(paymentNumbered === undefined ? effectiveReports(believed) : []);
    for (const report of believed) {
      verdicts.set(
        report.factId,
        effective.has(report)
          ? { standing: 'effective', because: null }
          : { standing: 'corroborates', because: paymentNumbered ?? best.factId },
      );
    }
    findings.push(...witnessFindings(believed, best, paymentNumbered, orderName));
  }
}

/**
 * A dispatch counts with all reports of its best account, and so do payments without a number, which
 * nothing but the account's own transactions tells apart; everything else with its best report.
 */
function effectiveReports(believed: readonly Report[]): readonly Report[] {
  const [best] = believed;
  if (best === undefined) return [];
  if (best.event.type !== 'ShipmentDispatched' && !isUnnumberedPayment(best.event)) return [best];
  return believed.filter((report) => report.event.account === best.event.account);
}

function witnessFindings(
  believed: readonly Report[],
  best: Report,
  paymentNumbered: string | undefined,
  orderName: OrderName,
): readonly Finding[] {
  // Without the provider's number nobody knows which of its events a report speaks of.
  if (paymentNumbered !== undefined) return [];
  const found: Finding[] = [];
  if (best.rank >= unauthorisedRank && needsAuthority(best.event)) {
    found.push(
      findingOf(
        'source_not_authorised',
        best.factId,
        { accounts: [best.event.account], type: best.event.type },
        [best.factId],
      ),
    );
  }
  const differing = disagreeing(believed, best, orderName);
  if (differing.length > 0) {
    found.push(
      findingOf(
        'witnesses_disagree',
        best.factId,
        {
          accounts: [best, ...differing].map((report) => report.event.account),
          type: best.event.type,
        },
        [best, ...differing].map((report) => report.factId),
      ),
    );
  }
  return found;
}

function disagreeing(
  believed: readonly Report[],
  best: Report,
  orderName: OrderName,
): readonly Report[] {
  if (believed.length === 1) return [];
  if (best.event.type === 'ShipmentDispatched') {
    return dispatchesDisagree(believed, best, orderName);
  }
  if (isUnnumberedPayment(best.event)) return paymentsDisagree(believed, best);
  return believed.filter((report) => disagreement(best.event, report.event));
}

/** What Daybook decided was checked when it was; of the rest the catalogue says whose word it takes. */
function needsAuthority({ kind, type }: AnyLedgerEvent): boolean {
  return kind === 'fact' && authorityOf(definitionOf(type)) === 'issuer';
}

function settleRegister(group: readonly Report[], verdicts: Verdicts): void {
  const winner = registerWinner(group);
  for (const report of group) {
    verdicts.set(
      report.factId,
      report === winner
        ? { standing: 'effective', because: null }
        : { standing: 'superseded', because: winner?.factId ?? null },
    );
  }
}
