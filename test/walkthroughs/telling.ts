import { risksOf } from '../../projections/order-timeline/v1/risks.js';
import type { OrderHeader } from '../../projections/order-timeline/v1/queries.js';
import {
  customerWordsOf,
  orderWordingIn,
  type ToldEvent,
  wordsOf,
} from '../../projections/order-timeline/v1/wording/index.js';
import type { Ending } from './ending.js';

/** What an agent reads on a timeline, a line a happening, sorted. */
export function agentLines(ending: Ending, subject: string): readonly string[] {
  return toldEvents(ending, subject)
    .map((event) => wordsOf(event))
    .sort();
}

/** What the customer may be told of a timeline, sorted. */
export function customerLines(ending: Ending, subject: string): readonly string[] {
  return toldEvents(ending, subject)
    .flatMap((event) => customerWordsOf(event) ?? [])
    .sort();
}

/** The order in one sentence each, by the clock of an instant; no walkthrough moves a promise. */
export function sentencesOf(
  ending: Ending,
  order: string,
  asOf: string,
): { readonly agent: string; readonly customer: string } {
  const header = headerOf(ending.header(order));
  const told = { header, promises: [], risks: risksOf(header, asOf) };
  const { agent, customer } = orderWordingIn('en');
  return { agent: agent(told), customer: customer(told) };
}

function toldEvents(ending: Ending, subject: string): readonly ToldEvent[] {
  return ending
    .rows('order_timeline.entry')
    .filter((row) => row['subject'] === subject && row['line_of'] === null)
    .map(
      ({ type, leaf, account, data }) =>
        ({ type, leaf, account, data: JSON.parse(String(data)) as object }) as ToldEvent,
    );
}

/** A row of the table as its query answers it: names in camel case, amounts as texts. */
function headerOf(row: Readonly<Record<string, unknown>>): OrderHeader {
  const fields = Object.entries(row).map(([column, value]) => [
    column.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return Object.fromEntries(fields) as OrderHeader;
}
