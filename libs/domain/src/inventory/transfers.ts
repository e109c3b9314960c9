import { type EventType, homeOfTransferLine } from '#events';
import { compareText, memoizeByObject } from '#kernel';
import { homeAmong } from './document-home.js';
import { type Milestone, milestoneOf } from '../fulfilment/things.js';
import type { SubjectView } from '../subject-view.js';

/** Where a line of a transfer is. */
export const transferStates = [
  'requested',
  'in_transit',
  'partly_received',
  'received',
  'closed',
] as const;
export type TransferState = (typeof transferStates)[number];

/** One line of a transfer: issued = received + written off + in transit. */
export interface TransferLine {
  /** The one home it is told under: the document's, or where that is unknown the stock's least. */
  readonly home: string;
  /** The transfer's leaf. */
  readonly transfer: string;
  readonly line: string;
  readonly sku: string | null;
  readonly uom: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** The order line that waits for the units. */
  readonly order: string | null;
  readonly orderLine: string | null;
  readonly requested: number;
  /** Units by the words of the sending and the receiving node, which move no stock. */
  readonly shipped: number;
  readonly counted: number;
  /** Units by the stock of both nodes. */
  readonly issued: number;
  readonly received: number;
  readonly writtenOff: number;
  /** Below zero where more came in than was sent. */
  readonly inTransit: number;
  /** Units of which it was settled what became of them. */
  readonly found: number;
  readonly lost: number;
  readonly misshipped: number;
  /** When the first units left, from which what is under way is aged. */
  readonly sent: Milestone | null;
  readonly expectedAt: string | null;
  readonly state: TransferState;
  /** True once the receiving node told of anything. */
  readonly hasArrived: boolean;
  readonly eventIds: readonly string[];
}

/** The transfer lines a view tells of, in the order of their names. */
export const transferLinesOf = memoizeByObject((view: SubjectView): readonly TransferLine[] => {
  const names = new Map<string, readonly [transfer: string, line: string]>();
  const name = (transfer: string, line: string): void => {
    names.set(JSON.stringify([transfer, line]), [transfer, line]);
  };
  for (const type of documentTypes) {
    for (const { event } of view.effective(type)) name(event.leaf, event.data.line);
  }
  for (const type of stockTypes) {
    for (const { event } of view.effective(type)) {
      const { transfer, transferLine } = event.data;
      if (transfer !== undefined && transferLine !== undefined) name(transfer, transferLine);
    }
  }
  return [...names]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, [transfer, line]]) => transferLineOf(view, transfer, line));
});

const documentTypes = [
  'TransferRequested',
  'TransferShipped',
  'TransferReceived',
  'TransferVarianceResolved',
] as const satisfies readonly EventType[];
const stockTypes = [
  'StockIssued',
  'StockReceived',
  'StockWrittenOff',
] as const satisfies readonly EventType[];

interface OfDocument {
  readonly event: { readonly leaf: string; readonly data: { readonly line: string } };
}

interface OfTransfer {
  readonly event: { readonly data: { readonly transfer?: string; readonly transferLine?: string } };
}

function transferLineOf(view: SubjectView, transfer: string, line: string): TransferLine {
  const told = <One extends OfDocument>(events: readonly One[]): readonly One[] =>
    events.filter(({ event }) => event.leaf === transfer && event.data.line === line);
  const moved = <One extends OfTransfer>(events: readonly One[]): readonly One[] =>
    events.filter(
      ({ event: { data } }) => data.transfer === transfer && data.transferLine === line,
    );
  const requests = told(view.effective('TransferRequested'));
  const request = requests.at(-1)?.event.data;
  const sent = told(view.effective('TransferShipped'));
  const counts = told(view.effective('TransferReceived'));
  const resolutions = told(view.effective('TransferVarianceResolved'));
  const [issues, receipts, writeOffs] = [
    moved(view.effective('StockIssued')),
    moved(view.effective('StockReceived')),
    moved(view.effective('StockWrittenOff')),
  ];
  const [issued, received, writtenOff] = [unitsOf(issues), unitsOf(receipts), unitsOf(writeOffs)];
  const inTransit = issued - received - writtenOff;
  const hasArrived = received > 0 || counts.length > 0;
  const facts = [
    ...requests,
    ...sent,
    ...counts,
    ...resolutions,
    ...issues,
    ...receipts,
    ...writeOffs,
  ];
  return {
    home: homeAmong(facts, homeOfTransferLine(transfer, line)),
    transfer,
    line,
    sku: request?.sku ?? sent[0]?.event.data.sku ?? counts[0]?.event.data.sku ?? null,
    uom: request?.uom ?? issues[0]?.event.data.uom ?? receipts[0]?.event.data.uom ?? null,
    from: request?.from ?? null,
    to: request?.to ?? issues[0]?.event.data.destination ?? null,
    order: request?.order ?? null,
    orderLine: request?.orderLine ?? null,
    requested: request?.qty ?? 0,
    shipped: unitsOf(sent),
    counted: unitsOf(counts),
    issued,
    received,
    writtenOff,
    inTransit,
    found: resolutions.reduce((sum, { event }) => sum + event.data.found, 0),
    lost: resolutions.reduce((sum, { event }) => sum + event.data.lost, 0),
    misshipped: resolutions.reduce((sum, { event }) => sum + event.data.misshipped, 0),
    sent: milestoneOf(issues),
    expectedAt: sent.at(-1)?.event.data.expectedAt ?? request?.expectedAt ?? null,
    state: stateOf({ issued, inTransit, writtenOff, hasArrived }),
    hasArrived,
    eventIds: facts.map(({ event }) => event.eventId),
  };
}

function stateOf({
  issued,
  inTransit,
  writtenOff,
  hasArrived,
}: Pick<TransferLine, 'issued' | 'inTransit' | 'writtenOff' | 'hasArrived'>): TransferState {
  if (issued === 0 && !hasArrived) return 'requested';
  if (inTransit > 0) return hasArrived ? 'partly_received' : 'in_transit';
  return writtenOff > 0 ? 'closed' : 'received';
}

function unitsOf(
  events: readonly { readonly event: { readonly data: { qty: number } } }[],
): number {
  return events.reduce((sum, { event }) => sum + event.data.qty, 0);
}
