import { memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/** Units an order line waits for: backordered = filled + released + open. */
export interface Backorder {
  readonly backorder: Effective<'StockBackordered'>;
  readonly backordered: number;
  readonly filled: number;
  readonly released: number;
  readonly open: number;
  /** Units filled or released beyond what waited. */
  readonly overdrawn: number;
}

/** The effective backorders of a view. Units that came count before those given up. */
export const backordersOf = memoizeByObject((view: SubjectView): readonly Backorder[] =>
  view.effective('StockBackordered').map((backorder) => {
    const { authority, backorder: id, line, uom, qty } = backorder.event.data;
    const sumOf = (type: 'BackorderFilled' | 'BackorderReleased'): number =>
      view
        .effective(type)
        .filter(({ event: { data } }) => {
          const isOfLine = data.backorder === id && data.line === line;
          return data.authority === authority && isOfLine && data.uom === uom;
        })
        .reduce((sum, { event }) => sum + event.data.qty, 0);
    const [came, givenUp] = [sumOf('BackorderFilled'), sumOf('BackorderReleased')];
    const filled = Math.min(came, qty);
    const released = Math.min(givenUp, qty - filled);
    return {
      backorder,
      backordered: qty,
      filled,
      released,
      open: qty - filled - released,
      overdrawn: came + givenUp - filled - released,
    };
  }),
);
