import type { OrderLine } from '#events';
import { type Amounts, amountsBetween, noAmounts, withoutAmounts } from './amounts.js';
import { carriedLines, isHandedOverItself } from './carriage.js';
import { joinedLine, lineWith, receivedAmounts, remainingAmounts } from './line-amounts.js';
import type { OrderChange } from './order-changes.js';
import type { OrderStage } from './order-stage.js';
import type { PerformedLine, StagePrice } from './stage-price.js';

interface EndedStage {
  readonly stage: OrderStage;
  /** What was performed in this stage. */
  readonly price: StagePrice;
  /** What was performed in this stage and all before it. */
  readonly performed: StagePrice;
  readonly currency: string;
}

/** The open lines after a change: what it tells of them, less what was performed before. */
export function linesAfter(change: OrderChange, ended: EndedStage): readonly OrderLine[] {
  return change.event.type === 'OrderAmendmentConfirmed'
    ? withoutPerformed(change.event.data.lines, ended.performed, ended.currency)
    : substituted(change.event.data, ended);
}

/** An amendment tells the whole order, so everything performed so far is taken off it. */
function withoutPerformed(
  lines: readonly OrderLine[],
  { byLine, carriage }: StagePrice,
  currency: string,
): readonly OrderLine[] {
  let sent = carriage;
  const open: OrderLine[] = [];
  for (const line of lines) {
    const whole = receivedAmounts(line);
    const own: PerformedLine = byLine.get(line.line) ?? { qty: 0, amounts: noAmounts() };
    let left = withoutAmounts(whole, own.amounts);
    if (!isGoods(line)) {
      const after = withoutAmounts(left, sent);
      sent = withoutAmounts(sent, withoutAmounts(left, after));
      left = after;
    }
    const qty = Math.max(0, line.qty - own.qty);
    if (qty > 0) open.push(lineWith(line, qty, left, currency));
  }
  return open;
}

/** A substitution speaks of one line; the others go on as far as they are open. */
function substituted(
  change: { readonly line: string; readonly qty: number; readonly newLine: OrderLine },
  { stage, price, currency }: EndedStage,
): readonly OrderLine[] {
  const open = openLines(stage, price, currency).flatMap((line) => {
    if (line.line !== change.line) return [line];
    const left = line.qty - Math.min(change.qty, line.qty);
    const amounts = amountsBetween(receivedAmounts(line), 0n, BigInt(left), BigInt(line.qty));
    return left === 0 ? [] : [lineWith(line, left, amounts, currency)];
  });
  const { newLine } = change;
  return open.some(({ line }) => line === newLine.line)
    ? open.map((line) => (line.line === newLine.line ? joinedLine(line, newLine, currency) : line))
    : [...open, newLine];
}

/** What of a stage's lines was neither performed nor cancelled. */
function openLines(
  stage: OrderStage,
  { byLine, carriage }: StagePrice,
  currency: string,
): readonly OrderLine[] {
  let sent = carriage;
  const carried = new Map(
    carriedLines(stage, currency).map(({ units, amounts }) => {
      const left = withoutAmounts(amounts, sent);
      sent = withoutAmounts(sent, withoutAmounts(amounts, left));
      return [units, left];
    }),
  );
  return stage.lines.flatMap((units) => {
    const own = byLine.get(units.line.line) ?? { qty: 0, amounts: noAmounts() };
    const kept: Amounts =
      carried.get(units) ?? remainingAmounts(units, units.cancellations, currency);
    const qty = units.remaining - own.qty;
    return qty > 0 ? [lineWith(units.line, qty, withoutAmounts(kept, own.amounts), currency)] : [];
  });
}

function isGoods(line: OrderLine): boolean {
  return isHandedOverItself({ line });
}
