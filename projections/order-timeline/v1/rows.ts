import {
  attachedEvents,
  belongsToNoOrder,
  type Finding,
  goodsFindings,
  isOrder,
  oversightFindings,
  paymentFindings,
  type ResolvedEvent,
  type SubjectView,
} from '#domain';
import { canonicalJson } from '#kernel';
import type { Projection, Row } from '#projection-engine';
import { entryRows } from './entry-rows.js';
import { aliasHeader, headerRow } from './header-row.js';
import { orderPartRows } from './order-part-rows.js';
import { distinctFindings, orderPictureOf } from './order-picture.js';
import { searchKeysOf } from './search-keys.js';
import {
  entryTable,
  findingTable,
  orderCommitmentTable,
  orderHeaderTable,
  orderLineTable,
  orderRefundTable,
  orderTenderTable,
  searchKeyTable,
} from './tables.js';

/** The cross-system timeline of every order, its header, its lines and what is odd about it. */
export const orderTimeline: Projection<SubjectView> = {
  name: 'order_timeline',
  version: 1,
  tables: [
    entryTable,
    orderHeaderTable,
    orderLineTable,
    orderTenderTable,
    orderRefundTable,
    orderCommitmentTable,
    findingTable,
    searchKeyTable,
  ],
  rowsOf: (view) => (isOrder(view.subject) ? orderRows(view) : unattachedRows(view)),
};

function orderRows(view: SubjectView): readonly Row[] {
  if (view.aliasOf !== null) return [aliasHeader(view, view.aliasOf)];
  const picture = orderPictureOf(view);
  const shown = attachedEvents(view);
  if (shown.length === 0) return [];
  return [
    ...entryRows(view.subject, shown, { orders: view.orders, homes: picture.attached }),
    headerRow(picture, shown),
    ...orderPartRows(picture),
    ...findingRows(view.subject, picture.findings),
    ...searchKeyRows(view.subject, shown),
  ];
}

/** A fact that no order is known for is shown under its own home. */
function unattachedRows(view: SubjectView): readonly Row[] {
  if (!belongsToNoOrder(view)) return [];
  const own = new Set([view.subject]);
  const shown = view.events.filter(({ home }) => home === view.subject);
  return [
    ...entryRows(view.subject, shown),
    ...findingRows(
      view.subject,
      distinctFindings([
        ...view.findings,
        ...goodsFindings(view, own),
        ...paymentFindings(view, own),
        ...oversightFindings(view, own),
      ]),
    ),
    ...searchKeyRows(view.subject, shown),
  ];
}

function searchKeyRows(subject: string, shown: readonly ResolvedEvent[]): readonly Row[] {
  return searchKeysOf(shown).map(({ kind, value }) => ({
    table: 'search_key',
    values: [subject, kind, value],
  }));
}

function findingRows(subject: string, findings: readonly Finding[]): readonly Row[] {
  return findings.map(({ code, key, facts, severity, team, eventIds }) => ({
    table: 'finding',
    values: [subject, code, key, canonicalJson(facts), severity, team, eventIds],
  }));
}
