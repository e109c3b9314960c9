import type { OrderLine } from '#events';
import { joinedLine } from './line-amounts.js';
import type { LineUnits } from './line-units.js';
import type { PricedStage } from './order-stages.js';

/**
 * The lines of an order over all its stages: units performed before a change and units it dropped
 * stay with their line, and a line that is no longer ordered stands as cancelled.
 */
export function mergedLines(stages: readonly PricedStage[]): readonly LineUnits[] {
  const [only] = stages;
  if (only !== undefined && stages.length === 1) return only.stage.lines;
  const merged = new Map<string, LineUnits>();
  for (const { stage } of stages) {
    const present = new Set(stage.lines.map(({ line }) => line.line));
    for (const [line, units] of merged) {
      if (!present.has(line)) merged.set(line, closed(units));
    }
    for (const units of stage.lines) {
      const before = merged.get(units.line.line);
      merged.set(units.line.line, before ? joined(closed(before), units) : units);
    }
  }
  const told = lastTold(stages);
  return [...merged].map(([id, units]) => ({ ...units, line: told.get(id) ?? units.line }));
}

/**
 * Each line as it was last told as a whole; the lines of a later stage are what was left of it. Units
 * that a substitution adds to a line that is there are told beside those it had.
 */
function lastTold(stages: readonly PricedStage[]): ReadonlyMap<string, OrderLine> {
  const [first] = stages;
  const told = new Map(first?.stage.lines.map(({ line }) => [line.line, line]));
  for (const { endedBy } of stages) {
    if (endedBy === null) continue;
    const { type, data } = endedBy.event;
    if (type === 'OrderAmendmentConfirmed') {
      for (const line of data.lines) told.set(line.line, line);
    } else {
      const { newLine, currency } = data;
      const before = told.get(newLine.line);
      told.set(newLine.line, before ? joinedLine(before, newLine, currency) : newLine);
    }
  }
  return told;
}

/** What was open of a line when a change took it over counts from there on, or not at all. */
function closed(units: LineUnits): LineUnits {
  const remaining = units.dispatched + units.pickedUp;
  return { ...units, remaining, cancelled: units.ordered - remaining };
}

function joined(before: LineUnits, after: LineUnits): LineUnits {
  const dispatched = before.dispatched + after.dispatched;
  const pickedUp = before.pickedUp + after.pickedUp;
  const remaining = before.remaining + after.remaining;
  // Units that were open before the change and are ordered after it are the same units.
  const ordered = Math.max(before.ordered, remaining + after.cancelled);
  return {
    line: after.line,
    ordered,
    cancelled: ordered - remaining,
    dispatched,
    pickedUp,
    remaining,
    performed: [...before.performed, ...after.performed],
    beyondOrdered: [...before.beyondOrdered, ...after.beyondOrdered],
    replacements: [...before.replacements, ...after.replacements],
    cancellations: [...before.cancellations, ...after.cancellations],
  };
}
