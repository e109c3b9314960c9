import type { EventData } from '#events';
import { type Milestone, milestoneOf, type ThingFacts, thingsOf } from '../fulfilment/things.js';
import type { SubjectView } from '../subject-view.js';

/** What the customer pays more for the new goods; below zero, what is paid back. */
export interface PriceDifference {
  readonly minor: number;
  readonly currency: string;
}

/** Goods of an order that are given back against others. */
export interface Exchange {
  /** Its leaf. */
  readonly exchange: string;
  /** Null where only its settlement is known. */
  readonly order: string | null;
  /** The order the new goods are sold by, where it is another one. */
  readonly newOrder: string | null;
  readonly returnRef: string | null;
  readonly kind: 'standard' | 'advance' | null;
  readonly newLines: EventData<'ExchangeOpened'>['newLines'];
  readonly state: 'open' | 'settled';
  readonly opened: Milestone | null;
  readonly settled: Milestone | null;
  /** As it was agreed, and as it was settled. */
  readonly difference: PriceDifference | null;
  readonly settledDifference: PriceDifference | null;
}

/** The exchanges of the homes given. */
export function exchangesOf(view: SubjectView, attached: ReadonlySet<string>): readonly Exchange[] {
  return thingsOf(view, attached, ['ExchangeOpened', 'ExchangeSettled']).map(exchangeOf);
}

function exchangeOf(facts: ThingFacts): Exchange {
  const opened = facts.effective('ExchangeOpened').at(-1)?.event.data;
  const settled = facts.effective('ExchangeSettled').at(-1)?.event.data;
  return {
    exchange: facts.leaf,
    order: opened?.order ?? null,
    newOrder: opened?.newOrder ?? null,
    returnRef: opened?.returnRef ?? null,
    kind: opened?.kind ?? null,
    newLines: opened?.newLines ?? [],
    state: settled === undefined ? 'open' : 'settled',
    opened: milestoneOf(facts.effective('ExchangeOpened')),
    settled: milestoneOf(facts.effective('ExchangeSettled')),
    difference: opened?.difference ?? null,
    settledDifference: settled?.difference ?? null,
  };
}
