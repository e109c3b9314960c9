import type { CreditGranted, OrderCaptured } from '#events';
import type { Decide, DecisionRefusal } from '../decision.js';
import {
  creditableMinor,
  type CreditableOrder,
  creditableOrderOf,
  creditsGranted,
  type CreditState,
} from './credit-decision-state.js';
import type { CreditRefusalCode } from './credit-decision-refusals.js';

export interface GrantCredit {
  /** The account that grants: its memos are numbered by itself. */
  readonly account: string;
  readonly credit: CreditGranted;
}

/**
 * Grants a credit on an order: never more money than the units not cancelled were sold for, and
 * never more units of a line than were ordered and not cancelled, all credits taken together.
 */
export function grantCredit(command: GrantCredit): Decide<CreditState, CreditRefusalCode> {
  return (state) => {
    const order = creditableOrderOf(state);
    const captured = order.state.captured?.event.data;
    if (captured === undefined) {
      return refused('order_unknown', 'No capture of this order is in force.');
    }
    return (
      refusalByTerms(command, order, captured) ??
      refusalByUnits(command.credit, order) ??
      refusalByAmount(command.credit, order) ?? {
        outcome: 'accepted',
        events: [{ type: 'CreditGranted', data: command.credit }],
      }
    );
  };
}

type CreditRefusal = DecisionRefusal<CreditRefusalCode>;

function refusalByTerms(
  { account, credit }: GrantCredit,
  { view }: CreditableOrder,
  captured: OrderCaptured,
): CreditRefusal | undefined {
  if (view.aliasOf !== null) {
    return {
      ...refused('order_is_alias', `${view.subject} is another name of ${view.aliasOf}.`),
      details: { order: view.aliasOf },
    };
  }
  if (credit.legalEntity !== captured.legalEntity) {
    const message = `The order was sold by ${captured.legalEntity}, not ${credit.legalEntity}.`;
    return refused('legal_entity_differs', message, 'legalEntity');
  }
  const amounts = credit.lines.flatMap(({ net, tax }) => [net, tax]);
  if (credit.fee) amounts.push(credit.fee);
  const currencies = [credit.currency, ...amounts.map(({ currency }) => currency)];
  const other = currencies.find((currency) => currency !== captured.currency);
  if (other !== undefined) {
    const message = `The order is in ${captured.currency}, the credit in ${other}.`;
    return refused('currency_differs', message, 'currency');
  }
  const existing = view
    .effective('CreditGranted')
    .find(({ event }) => event.account === account && event.data.creditMemo === credit.creditMemo);
  if (existing === undefined) return undefined;
  return {
    ...refused(
      'credit_already_granted',
      `${account} has already granted the credit ${credit.creditMemo}.`,
      'creditMemo',
    ),
    details: { eventId: existing.event.eventId },
  };
}

function refusalByUnits(credit: CreditGranted, order: CreditableOrder): CreditRefusal | undefined {
  const credited = new Map(creditsGranted(order).unitsByLine);
  for (const [index, { line, qty }] of credit.lines.entries()) {
    if (line === undefined) continue;
    const credits = qty ?? 0;
    const units = order.state.lines.find((known) => known.line.line === line);
    if (units === undefined) {
      const message = `The order has no line ${line}.`;
      return refused('order_line_unknown', message, `lines.${index}.line`);
    }
    const before = credited.get(line) ?? 0;
    if (credits > 0 && before + credits > units.remaining) {
      const left = Math.max(0, units.remaining - before);
      const message = `${credits} units of line ${line} would be credited and ${left} are left.`;
      return {
        ...refused('credited_units_exceed_order', message, `lines.${index}.qty`),
        details: { requested: String(credits), left: String(left) },
      };
    }
    credited.set(line, before + credits);
  }
  return undefined;
}

function refusalByAmount(credit: CreditGranted, order: CreditableOrder): CreditRefusal | undefined {
  const requested = credit.lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    0n,
  );
  const left = creditableMinor(order) - creditsGranted(order).totalMinor;
  if (requested <= left) return undefined;
  const message = `${requested} minor units of ${credit.currency} would be credited and ${left} are left.`;
  return {
    ...refused('credit_exceeds_order', message, 'lines'),
    details: { requested: requested.toString(), left: left.toString() },
  };
}

function refused(code: CreditRefusalCode, message: string, field?: string): CreditRefusal {
  return field === undefined
    ? { outcome: 'refused', code, message }
    : { outcome: 'refused', code, message, field };
}
