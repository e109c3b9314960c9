import { type AnyLedgerEvent, homeOfAllocation, type StockDeallocated } from '#events';
import { type Decide, type DecisionRefusal, repeatedLineField } from '../decision.js';
import { type AllocationState, hasEventAt, reservationAt } from './allocation-state.js';
import type { AllocationRefusalCode } from './allocation-refusals.js';

export interface DeallocationLine {
  /** The line of the allocation. */
  readonly line: string;
  readonly qty: number;
  readonly uom: string;
  readonly reason?: string;
}

export interface DeallocateStock {
  readonly authority: string;
  readonly allocation: string;
  readonly deallocation: string;
  readonly lines: readonly DeallocationLine[];
}

/** Gives reserved units back: all lines or none, and never more than is open. */
export function deallocateStock(
  command: DeallocateStock,
): Decide<AllocationState, AllocationRefusalCode> {
  return (state) => {
    const repeated = repeatedLineField(command.lines);
    if (repeated !== undefined) {
      const message = `The deallocation ${command.deallocation} names one line twice.`;
      return { outcome: 'refused', code: 'allocation_line_repeated', message, field: repeated };
    }
    for (const [index, line] of command.lines.entries()) {
      const refusal = refusalOf(state, command, line, index);
      if (refusal) return refusal;
    }
    const { authority, allocation, deallocation, lines } = command;
    return {
      outcome: 'accepted',
      events: lines.map((line) => ({
        type: 'StockDeallocated',
        data: { authority, allocation, deallocation, ...line } satisfies StockDeallocated,
      })),
    };
  };
}

function refusalOf(
  state: AllocationState,
  command: DeallocateStock,
  { line, qty, uom }: DeallocationLine,
  index: number,
): DecisionRefusal<AllocationRefusalCode> | undefined {
  const { authority, allocation, deallocation } = command;
  const home = homeOfAllocation(authority, allocation, line);
  const isOfLine = ({ data }: { readonly data: AllocatedLine }): boolean =>
    data.authority === authority && data.allocation === allocation && data.line === line;
  const reservation = reservationAt(state, home, ({ allocation: { event } }) => isOfLine(event));
  const name = `line ${line} of ${allocation}`;
  if (reservation === undefined) {
    const message = `${authority} has no allocation of ${name} here.`;
    return refused('allocation_unknown', message, `lines.${index}.line`);
  }
  const allocatedUom = reservation.allocation.event.data.uom;
  if (allocatedUom !== uom) {
    const message = `${name} was allocated in ${allocatedUom}.`;
    return refused('allocation_unit_differs', message, `lines.${index}.uom`);
  }
  const isSameDeallocation = (event: AnyLedgerEvent): boolean =>
    event.type === 'StockDeallocated' &&
    isOfLine(event) &&
    event.data.deallocation === deallocation;
  if (hasEventAt(state, home, isSameDeallocation)) {
    const message = `${name} already has a deallocation ${deallocation}.`;
    return refused('deallocation_exists', message, 'deallocation');
  }
  if (qty > reservation.open) {
    const message = `${qty} ${uom} of ${name} would be given back and ${reservation.open} are open.`;
    return {
      ...refused('deallocation_exceeds_open', message, `lines.${index}.qty`),
      details: { requested: String(qty), open: String(reservation.open) },
    };
  }
  return undefined;
}

interface AllocatedLine {
  readonly authority: string;
  readonly allocation: string;
  readonly line: string;
}

function refused(
  code: AllocationRefusalCode,
  message: string,
  field: string,
): DecisionRefusal<AllocationRefusalCode> {
  return { outcome: 'refused', code, message, field };
}
