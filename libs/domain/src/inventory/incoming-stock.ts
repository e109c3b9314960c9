import { memoizeByObject } from '#kernel';
import type { EventOf, IncomingCertainty, StockOwner } from '#events';
import type { Effective, SubjectView } from '../subject-view.js';

type IncomingEvent = Effective<'IncomingStockExpected'> | Effective<'IncomingStockRevised'>;

/** Units of a purchase order line that are to come to a node. */
export interface IncomingStock {
  readonly incoming: IncomingEvent;
  readonly expected: number;
  /** Units of the line that came in at the node. */
  readonly received: number;
  readonly open: number;
  readonly certainty: IncomingCertainty;
  /** A day or an instant, or null where nobody says when. */
  readonly expectedAt: string | null;
}

/** What is still to come by the last word on each purchase order line and node. */
export const incomingStockOf = memoizeByObject((view: SubjectView): readonly IncomingStock[] => {
  const incoming: readonly IncomingEvent[] = [
    ...view.effective('IncomingStockExpected'),
    ...view.effective('IncomingStockRevised'),
  ];
  return incoming.map((one) => {
    const { data } = one.event;
    const received = view
      .effective('StockReceived')
      .filter(({ event }) => isFor(event, one.event.leaf, data))
      .reduce((sum, { event }) => sum + event.data.qty, 0);
    return {
      incoming: one,
      expected: data.qty,
      received,
      open: Math.max(0, data.qty - received),
      certainty: data.certainty,
      expectedAt: data.expectedAt ?? null,
    };
  });
});

/** True for units that may be promised before they are there. */
export function isPromisable({ certainty }: Pick<IncomingStock, 'certainty'>): boolean {
  return certainty !== 'ordered';
}

interface IncomingLine {
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly owner: StockOwner;
  readonly uom: string;
}

function isFor(
  { leaf, data }: EventOf<'StockReceived'>,
  expectedAt: string,
  line: IncomingLine,
): boolean {
  return (
    leaf === expectedAt &&
    data.purchaseOrder === line.purchaseOrder &&
    data.purchaseOrderLine === line.purchaseOrderLine &&
    data.uom === line.uom &&
    data.owner.kind === line.owner.kind &&
    data.owner.id === line.owner.id
  );
}
