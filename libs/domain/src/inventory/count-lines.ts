import { homeOfCountLine, type StockBucket, type StockOwner } from '#events';
import { compareText, memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import { homeAmong } from './document-home.js';

/** Units of one owner in one bucket, counted at one line of a count. */
export interface CountLine {
  /** The one home it is told under: the document's, or where that is unknown the stock's. */
  readonly home: string;
  /** The count's leaf. */
  readonly stockCount: string;
  readonly line: string;
  readonly sku: string | null;
  readonly node: string | null;
  readonly bucket: StockBucket;
  readonly owner: StockOwner;
  readonly uom: string;
  /** By the last counting; null where only its variance or adjustment is known. */
  readonly counted: number | null;
  /** What is to be added to the stock; null until a variance was approved. */
  readonly approved: number | null;
  /** What was added to it. */
  readonly adjusted: number;
  /** True where each adjustment names the approval it was made by. */
  readonly adjustedByApproval: boolean;
  readonly eventIds: readonly string[];
}

type CountFact =
  Effective<'CycleCountRecorded'> | Effective<'CountVarianceApproved'> | Effective<'StockAdjusted'>;

/** The counted lines a view tells of, by whose units in which bucket. */
export const countLinesOf = memoizeByObject((view: SubjectView): readonly CountLine[] => {
  const byLine = new Map<string, CountFact[]>();
  const add = (fact: CountFact, stockCount: string, line: string): void => {
    const { owner, bucket, uom } = fact.event.data;
    const key = JSON.stringify([stockCount, line, owner.kind, owner.id, bucket, uom]);
    byLine.set(key, [...(byLine.get(key) ?? []), fact]);
  };
  for (const fact of view.effective('CycleCountRecorded')) {
    add(fact, fact.event.leaf, fact.event.data.line);
  }
  for (const fact of view.effective('CountVarianceApproved')) {
    add(fact, fact.event.leaf, fact.event.data.line);
  }
  for (const fact of view.effective('StockAdjusted')) {
    const { stockCount, countLine } = fact.event.data;
    if (stockCount !== undefined && countLine !== undefined) add(fact, stockCount, countLine);
  }
  return [...byLine]
    .sort(([left], [right]) => compareText(left, right))
    .flatMap(([key, facts]) => countLineOf(key, facts));
});

function countLineOf(key: string, facts: readonly CountFact[]): readonly CountLine[] {
  const events = facts.map(({ event }) => event);
  const [first] = events;
  if (first === undefined) return [];
  const [stockCount = '', line = ''] = JSON.parse(key) as readonly string[];
  const counted = events.filter((event) => event.type === 'CycleCountRecorded').at(-1)?.data;
  const approved = events.filter((event) => event.type === 'CountVarianceApproved').at(-1)?.data;
  const adjusted = events.filter((event) => event.type === 'StockAdjusted');
  return [
    {
      home: homeAmong(facts, homeOfCountLine(stockCount, line)),
      stockCount,
      line,
      sku: counted?.sku ?? approved?.sku ?? null,
      node: counted?.node ?? approved?.node ?? null,
      bucket: first.data.bucket,
      owner: first.data.owner,
      uom: first.data.uom,
      counted: counted?.counted ?? null,
      approved: approved?.delta ?? null,
      adjusted: adjusted.reduce((sum, { data }) => sum + data.delta, 0),
      adjustedByApproval: adjusted.every(({ data }) => data.approval !== undefined),
      eventIds: events.map(({ eventId }) => eventId),
    },
  ];
}
