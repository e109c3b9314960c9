import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { Effective, SubjectView } from '../subject-view.js';
import { type SettlementLine, settlementLinesOf } from './settlement-lines.js';

type Movement = Effective<'PaymentCaptured'> | Effective<'RefundIssued'>;

/** Lines of payouts that name a movement of a payment which is not known, or is of another amount. */
export function settlementFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  const byMovement = new Map<string, SettlementLine[]>();
  for (const line of settlementLinesOf(view)) {
    if (line.payment === null || line.movement === null || !attached.has(line.payment)) continue;
    if (line.type !== 'charge' && line.type !== 'refund') continue;
    const key = JSON.stringify([line.type, line.payment, line.movement]);
    byMovement.set(key, [...(byMovement.get(key) ?? []), line]);
  }
  return [...byMovement.values()].flatMap((lines) => compared(view, lines));
}

function compared(view: SubjectView, lines: readonly SettlementLine[]): readonly Finding[] {
  const [first] = lines;
  if (first === undefined) return [];
  const key = `${first.payment ?? ''} ${first.movement ?? ''}`;
  const ids = lines.map(({ effective }) => effective.event.eventId);
  const ofPayment = movementsOf(view, first);
  const movement = ofPayment.find(({ number }) => number === first.movement);
  if (movement === undefined) {
    // One whose number nobody knows may be the one that is settled.
    if (ofPayment.some(({ number }) => number === '')) return [];
    return [findingOf('settled_movement_unknown', key, { name: first.movement ?? '' }, ids)];
  }
  const { minor, currency } = movement.event.data.amount;
  if (lines.some(({ gross }) => gross.currency !== currency)) return [];
  const settled = lines.reduce((sum, { gross }) => sum + BigInt(gross.minor), 0n);
  const expected = first.type === 'refund' ? -BigInt(minor) : BigInt(minor);
  return settled === expected
    ? []
    : [
        findingOf(
          'settlement_differs_from_payment',
          key,
          {
            expected: amountTold({ minor: expected, currency }),
            found: amountTold({ minor: settled, currency }),
          },
          [...ids, movement.event.eventId],
        ),
      ];
}

function movementsOf(
  view: SubjectView,
  { type, payment }: SettlementLine,
): readonly (Movement & { readonly number: string })[] {
  return type === 'refund'
    ? view
        .effective('RefundIssued')
        .filter(({ event }) => event.leaf === payment)
        .map((each) => ({ ...each, number: each.event.data.refund }))
    : view
        .effective('PaymentCaptured')
        .filter(({ event }) => event.leaf === payment)
        .map((each) => ({ ...each, number: each.event.data.capture }));
}
