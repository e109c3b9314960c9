import { homeOfAllocation, homeOfReservation, type StockAllocated, type StockOwner } from '#events';
import { type Decide, repeatedLineField } from '../decision.js';
import {
  type AllocationState,
  availableOf,
  keptBy,
  reservationAt,
  type StockKind,
  stockKindKey,
} from './allocation-state.js';
import type { AllocationRefusalCode } from './allocation-refusals.js';

/** Units of the stream's item for one order line. */
export interface AllocationLine {
  readonly line: string;
  /** The order's leaf. */
  readonly order: string;
  readonly orderLine: string;
  readonly owner: StockOwner;
  readonly qty: number;
  readonly uom: string;
  /** The soft reservation that keeps these units; `reservationLine` goes with it. */
  readonly reservation?: string;
  readonly reservationLine?: string;
}

export interface AllocateStock {
  /** The system whose word on reservations counts at this node. */
  readonly authority: string;
  readonly allocation: string;
  readonly lines: readonly AllocationLine[];
  /** The instant of the decision: what was kept until then or earlier is free. */
  readonly asOf: string;
}

/** Reserves units for order lines: all lines or none, and never more than is available. */
export function allocateStock(
  command: AllocateStock,
): Decide<AllocationState, AllocationRefusalCode> {
  const { authority, allocation, lines, asOf } = command;
  return (state) => {
    const repeated = repeatedLineField(lines);
    if (repeated !== undefined) {
      const message = `The allocation ${allocation} names one line twice.`;
      return { outcome: 'refused', code: 'allocation_line_repeated', message, field: repeated };
    }
    for (const [index, { line }] of lines.entries()) {
      const home = homeOfAllocation(authority, allocation, line);
      const existing = reservationAt(state, home, ({ allocation: { event } }) => {
        const { data } = event;
        return data.authority === authority && data.allocation === allocation && data.line === line;
      });
      if (existing === undefined) continue;
      return {
        outcome: 'refused',
        code: 'allocation_exists',
        message: `${authority} has already allocated line ${line} of ${allocation}.`,
        field: `lines.${index}.line`,
        details: { eventId: existing.allocation.event.eventId },
      };
    }
    for (const { kind, requested, field } of requestedByKind(lines)) {
      const available = availableOf(state, kind, asOf) + takenOver(state, command, kind);
      if (requested <= available) continue;
      const { owner, uom } = kind;
      return {
        outcome: 'refused',
        code: 'insufficient_stock',
        message: `${requested} ${uom} of ${owner.kind} ${owner.id} are asked for and ${available} are available.`,
        field,
        details: {
          requested: requested.toString(),
          available: available.toString(),
          owner: { kind: owner.kind, id: owner.id },
          uom,
        },
      };
    }
    return {
      outcome: 'accepted',
      events: lines.map((line) => ({
        type: 'StockAllocated',
        data: { authority, allocation, ...line } satisfies StockAllocated,
      })),
    };
  };
}

/** Units of a kind that are kept for these very lines: none of them is taken from anybody else. */
function takenOver(state: AllocationState, command: AllocateStock, kind: StockKind): bigint {
  const wanted = new Map<string, number>();
  for (const line of command.lines) {
    const { reservation, reservationLine } = line;
    if (reservation === undefined || reservationLine === undefined) continue;
    if (stockKindKey(line) !== stockKindKey(kind)) continue;
    const home = homeOfReservation(command.authority, reservation, reservationLine);
    wanted.set(home, (wanted.get(home) ?? 0) + line.qty);
  }
  let units = 0;
  for (const [home, qty] of wanted) units += Math.min(qty, keptBy(state, home, kind, command.asOf));
  return BigInt(units);
}

interface RequestedUnits {
  readonly kind: StockKind;
  readonly requested: bigint;
  readonly field: string;
}

/** The lines of one command on one kind of stock are held against it by their sum. */
function requestedByKind(lines: readonly AllocationLine[]): readonly RequestedUnits[] {
  const sums = new Map<string, RequestedUnits>();
  for (const [index, line] of lines.entries()) {
    const kind = { owner: line.owner, uom: line.uom };
    const before = sums.get(stockKindKey(kind));
    sums.set(stockKindKey(kind), {
      kind,
      requested: (before?.requested ?? 0n) + BigInt(line.qty),
      field: before?.field ?? `lines.${index}.qty`,
    });
  }
  return [...sums.values()];
}
