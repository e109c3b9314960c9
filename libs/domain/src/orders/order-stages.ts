import type { OrderLine } from '#events';
import { compareInstants } from '#kernel';
import type { Effective } from '../subject-view.js';
import { lineUnits } from './line-units.js';
import { holdsFrom, type OrderChange } from './order-changes.js';
import type { OrderStage } from './order-stage.js';
import type { PerformedUnits } from './performance.js';
import { priceStage, type StagePrice, sumPrices } from './stage-price.js';
import { linesAfter } from './stage-lines.js';

/** What the stages of an order are made of. */
export interface StageFacts {
  readonly currency: string;
  readonly captured: readonly OrderLine[];
  readonly changes: readonly OrderChange[];
  readonly units: readonly PerformedUnits[];
  readonly cancellations: readonly Effective<'OrderCancelled'>[];
  readonly lineCancellations: readonly Effective<'OrderLineCancelled'>[];
}

/** A stage with the amounts of what was performed in it. */
export interface PricedStage {
  readonly stage: OrderStage;
  readonly price: StagePrice;
  /** The change that ended it, or null for the present one. */
  readonly endedBy: OrderChange | null;
}

/** The stages of an order, the first as it was captured; only the last is still open. */
export function orderStagesOf(facts: StageFacts): readonly PricedStage[] {
  const stages: PricedStage[] = [];
  let lines = facts.captured;
  // Units of a line that only a later change brings: whoever sent them knew of it before.
  let early: readonly PerformedUnits[] = [];
  for (let index = 0; index <= facts.changes.length; index += 1) {
    const known = new Set(lines.map(({ line }) => line));
    const units = [...early, ...unitsIn(facts, index)];
    early = units.filter(({ orderLine }) => !known.has(orderLine));
    const stage = stageOf(facts, lines, units, index);
    const price = priceStage(stage, facts.currency);
    const endedBy = facts.changes[index] ?? null;
    stages.push({ stage, price, endedBy });
    if (endedBy === null) break;
    const performed = sumPrices(stages.map((each) => each.price));
    lines = linesAfter(endedBy, { stage, price, performed, currency: facts.currency });
  }
  return stages;
}

function unitsIn({ changes, units }: StageFacts, index: number): readonly PerformedUnits[] {
  return changes.length === 0
    ? units
    : units.filter(({ performance }) => stageAt(changes, performance.resolved.at) === index);
}

function stageOf(
  { changes, ...facts }: StageFacts,
  lines: readonly OrderLine[],
  units: readonly PerformedUnits[],
  index: number,
): OrderStage {
  const cancellations = facts.cancellations.filter(
    ({ resolved }) => stageAt(changes, resolved.at) <= index,
  );
  const lineCancellations = facts.lineCancellations.filter(
    ({ resolved }) => stageAt(changes, resolved.at) === index,
  );
  return {
    lines: lines.map((line) =>
      lineUnits(
        line,
        units.filter(({ orderLine }) => orderLine === line.line),
        lineCancellations.filter(({ event }) => event.data.line === line.line),
        cancellations.length > 0,
      ),
    ),
    performances: [...new Set(units.map(({ performance }) => performance))],
    cancellations,
  };
}

/** The stage an instant falls into; what has no time belongs to the last. */
function stageAt(changes: readonly OrderChange[], at: string | null): number {
  let stage = 0;
  for (const change of changes) {
    if (compareInstants(holdsFrom(change), at) > 0) break;
    stage += 1;
  }
  return stage;
}
