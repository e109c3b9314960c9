import { compareText } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import {
  inOccurrenceOrder,
  type Milestone,
  milestoneOf,
  type ThingFacts,
  thingsOf,
} from '../fulfilment/things.js';

/** Where a return is. Goods that came are there, whatever was declined. */
export const returnStates = [
  'requested',
  'authorized',
  'declined',
  'expired',
  'in_transit',
  'partly_received',
  'received',
  'disposed',
] as const;
export type ReturnState = (typeof returnStates)[number];
export type ReturnAnswer = 'requested' | 'authorized' | 'declined' | 'expired';

/** Units of one order line that come back, or of one item where no order is known. */
export interface ReturnLine {
  readonly order: string | null;
  readonly orderLine: string | null;
  readonly sku: string | null;
  /** Units that were announced. */
  readonly expected: number;
  readonly received: number;
  /** expected = received + missing, unless more came than was announced. */
  readonly missing: number;
  readonly inspected: number;
  /** Units found fit to be sold again. */
  readonly resellable: number;
  /** received = restocked + damaged + processing + destroyed + open. */
  readonly restocked: number;
  readonly damaged: number;
  readonly processing: number;
  readonly destroyed: number;
  readonly open: number;
}

/** Goods that customers give back. */
export interface ReturnOfGoods {
  /** Its leaf. */
  readonly return: string;
  readonly state: ReturnState;
  /** The last word on whether the goods may come, whatever came since. */
  readonly answer: ReturnAnswer;
  readonly lines: readonly ReturnLine[];
  readonly authorization: string | null;
  /** Until when the goods have to be sent, a day or an instant. */
  readonly returnUntil: string | null;
  readonly tracking: string | null;
  readonly requested: Milestone | null;
  readonly authorized: Milestone | null;
  readonly declined: Milestone | null;
  readonly expired: Milestone | null;
  readonly inTransit: Milestone | null;
  readonly received: Milestone | null;
}

/** The returns of the homes given. */
export function returnsOf(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly ReturnOfGoods[] {
  return thingsOf(view, attached, [
    'ReturnRequested',
    'ReturnAuthorized',
    'ReturnDeclined',
    'ReturnExpired',
    'ReturnInTransit',
    'ReturnReceived',
    'ReturnItemInspected',
    'ReturnItemDisposed',
  ]).map(returnOf);
}

function returnOf(facts: ThingFacts): ReturnOfGoods {
  const lines = linesOf(facts);
  const authorization = facts.effective('ReturnAuthorized').at(-1)?.event.data;
  const sent = facts.effective('ReturnInTransit').at(-1)?.event.data;
  const answer = answerOf(facts);
  return {
    return: facts.leaf,
    state: goodsState(lines) ?? (sent === undefined ? answer : 'in_transit'),
    answer,
    lines,
    authorization: authorization?.authorization ?? null,
    returnUntil: authorization?.returnUntil ?? null,
    tracking: sent?.tracking ?? null,
    requested: milestoneOf(facts.effective('ReturnRequested')),
    authorized: milestoneOf(facts.effective('ReturnAuthorized')),
    declined: milestoneOf(facts.effective('ReturnDeclined')),
    expired: milestoneOf(facts.effective('ReturnExpired')),
    inTransit: milestoneOf(facts.effective('ReturnInTransit')),
    received: milestoneOf(facts.effective('ReturnReceived')),
  };
}

interface Counted {
  readonly order: string | null;
  readonly orderLine: string | null;
  sku: string | null;
  readonly units: Record<CountedUnits, number>;
}

type Disposition = 'restocked' | 'damaged' | 'processing' | 'destroyed';
type CountedUnits = 'expected' | 'received' | 'inspected' | 'resellable' | Disposition;

/** What a report says of a line; units without an order are told apart by their item. */
interface ReturnedUnits {
  readonly order?: string | undefined;
  readonly orderLine?: string | undefined;
  readonly sku?: string;
  readonly qty: number;
}

function linesOf(facts: ThingFacts): readonly ReturnLine[] {
  const lines = new Map<string, Counted>();
  const count = (as: CountedUnits, { order, orderLine, sku, qty }: ReturnedUnits): void => {
    const named = order === undefined ? [null, null, sku] : [order, orderLine];
    const key = JSON.stringify(named);
    const line = lines.get(key) ?? {
      order: order ?? null,
      orderLine: order === undefined ? null : (orderLine ?? null),
      sku: null,
      units: noUnits(),
    };
    line.sku ??= sku ?? null;
    line.units[as] += qty;
    lines.set(key, line);
  };
  for (const { event } of facts.effective('ReturnRequested')) {
    for (const line of event.data.lines) count('expected', line);
  }
  for (const { event } of facts.effective('ReturnReceived')) count('received', event.data);
  for (const { event } of facts.effective('ReturnItemInspected')) {
    count('inspected', event.data);
    if (event.data.resellable) count('resellable', event.data);
  }
  for (const { event } of facts.effective('ReturnItemDisposed')) {
    count(event.data.disposition, event.data);
  }
  return [...lines]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, { units, ...line }]) => ({
      ...line,
      ...units,
      missing: Math.max(0, units.expected - units.received),
      open: Math.max(0, units.received - disposedUnits(units)),
    }));
}

function noUnits(): Record<CountedUnits, number> {
  return {
    expected: 0,
    received: 0,
    inspected: 0,
    resellable: 0,
    restocked: 0,
    damaged: 0,
    processing: 0,
    destroyed: 0,
  };
}

/** Units of which it was settled what becomes of them. */
export function disposedUnits(line: Readonly<Record<Disposition, number>>): number {
  return line.restocked + line.damaged + line.processing + line.destroyed;
}

function goodsState(lines: readonly ReturnLine[]): ReturnState | undefined {
  if (!lines.some(({ received }) => received > 0)) return undefined;
  if (lines.some(({ missing }) => missing > 0)) return 'partly_received';
  return lines.every(({ open }) => open === 0) ? 'disposed' : 'received';
}

function answerOf(facts: ThingFacts): ReturnAnswer {
  const last = inOccurrenceOrder<
    Effective<'ReturnAuthorized'> | Effective<'ReturnDeclined'> | Effective<'ReturnExpired'>
  >([
    ...facts.effective('ReturnAuthorized'),
    ...facts.effective('ReturnDeclined'),
    ...facts.effective('ReturnExpired'),
  ]).at(-1);
  if (last?.event.type === 'ReturnAuthorized') return 'authorized';
  if (last?.event.type === 'ReturnDeclined') return 'declined';
  return last === undefined ? 'requested' : 'expired';
}
