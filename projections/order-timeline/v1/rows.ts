import {
  belongsToNoOrder,
  type Finding,
  paymentFindings,
  isOrder,
  orderTotalMinor,
  type ResolvedEvent,
  sellerTaxMinor,
  type SubjectView,
} from '#domain';
import { type AnyLedgerEvent, definitionOf } from '#events';
import { memoizeByObject, parseLeaf } from '#kernel';
import type { Projection, Row, Value } from '#projection-engine';
import { type OrderPicture, orderPictureOf } from './order-picture.js';
import { lineStatus, nextOwner } from './status.js';
import { entryTable, findingTable, orderHeaderTable, orderLineTable } from './tables.js';
import { wordsOf } from './wording/index.js';

/** The cross-system timeline of every order, its header, its lines and what is odd about it. */
export const orderTimeline: Projection<SubjectView> = {
  name: 'order_timeline',
  version: 1,
  tables: [entryTable, orderHeaderTable, orderLineTable, findingTable],
  rowsOf: (view) => (isOrder(view.subject) ? orderRows(view) : unattachedRows(view)),
};

function orderRows(view: SubjectView): readonly Row[] {
  if (view.aliasOf !== null) return [aliasHeader(view, view.aliasOf)];
  const picture = orderPictureOf(view);
  const shown = view.events.filter(({ home }) => picture.attached.has(home));
  if (shown.length === 0) return [];
  return [
    ...shown.map((resolved) => entryRow(view.subject, resolved)),
    headerRow(picture),
    ...lineRows(picture),
    ...findingRows(view.subject, distinct(picture.findings)),
  ];
}

/** A fact that no order is known for is shown under its own home. */
function unattachedRows(view: SubjectView): readonly Row[] {
  if (!belongsToNoOrder(view)) return [];
  return [
    ...view.events
      .filter(({ home }) => home === view.subject)
      .map((resolved) => entryRow(view.subject, resolved)),
    ...findingRows(
      view.subject,
      distinct([...view.findings, ...paymentFindings(view, new Set([view.subject]))]),
    ),
  ];
}

function entryRow(subject: string, { event, at, standing, because }: ResolvedEvent): Row {
  const { occurrence, arrival } = event;
  const { words, data, personalData } = textsOf(event);
  return {
    table: 'entry',
    values: [
      subject,
      event.eventId,
      event.type,
      event.kind,
      event.account,
      words,
      occurrence.occurredAt,
      occurrence.precision,
      occurrence.notBefore,
      occurrence.notAfter,
      at,
      standing,
      because,
      event.leaf,
      data,
      personalData,
      arrival.recordedAt,
      arrival.revision,
      arrival.sequence,
      arrival.deliveryDigest,
    ],
  };
}

/** What an entry shows of its event alone, the same whenever the entry is derived again. */
const textsOf = memoizeByObject((event: AnyLedgerEvent) => {
  const fields = Object.entries(event.data);
  const sealedFields = definitionOf(event.type).personalData.map(({ field }) => field as string);
  const sealed = fields.filter(([field]) => sealedFields.includes(field));
  const open = fields.filter(([field]) => !sealedFields.includes(field));
  return {
    words: wordsOf(event),
    data: JSON.stringify(sealed.length === 0 ? event.data : Object.fromEntries(open)),
    personalData: sealed.length === 0 ? null : JSON.stringify(Object.fromEntries(sealed)),
  };
});

function headerRow(picture: OrderPicture): Row {
  const { view, state, status, blockers, money, deliveries } = picture;
  const captured = state.captured?.event;
  const delivered = deliveries.map(({ delivered: { resolved } }) => resolved.at);
  return header(view.subject, {
    status,
    owner: nextOwner(status, blockers),
    blockers,
    captured: [
      captured?.data.legalEntity ?? null,
      picture.currency,
      captured?.data.debtor.kind ?? null,
      captured?.data.debtor.id ?? null,
      captured?.data.channel ?? null,
      state.captured?.resolved.at ?? null,
    ],
    promised: picture.promised,
    deliveredAt: status === 'delivered' ? latest(delivered) : null,
    amounts: [
      orderTotalMinor(state),
      money.authorized,
      money.captured,
      money.refunded,
      money.credited,
    ],
    findingCount: distinct(picture.findings).length,
    aliasOf: null,
  });
}

function aliasHeader(view: SubjectView, aliasOf: string): Row {
  return header(view.subject, {
    status: 'merged',
    owner: 'nobody',
    blockers: [],
    captured: [null, null, null, null, null, null],
    promised: null,
    deliveredAt: null,
    amounts: [0n, 0n, 0n, 0n, 0n],
    findingCount: 0,
    aliasOf,
  });
}

interface HeaderFields {
  readonly status: string;
  readonly owner: string;
  readonly blockers: readonly string[];
  readonly captured: readonly (string | null)[];
  readonly promised: string | null;
  readonly deliveredAt: string | null;
  readonly amounts: readonly bigint[];
  readonly findingCount: number;
  readonly aliasOf: string | null;
}

function header(order: string, fields: HeaderFields): Row {
  const [account = order, id] = parseLeaf(order)?.parts ?? [];
  const values: readonly Value[] = [
    order,
    account,
    id ?? null,
    fields.status,
    fields.owner,
    fields.blockers,
    ...fields.captured,
    fields.promised,
    fields.deliveredAt,
    ...fields.amounts,
    fields.findingCount,
    fields.aliasOf,
  ];
  return { table: 'order_header', values };
}

function latest(instants: readonly (string | null)[]): string | null {
  return (
    instants
      .filter((instant) => instant !== null)
      .sort()
      .at(-1) ?? null
  );
}

function lineRows({ view, lines }: OrderPicture): readonly Row[] {
  return lines.map((progress) => {
    const { line, ordered, cancelled, dispatched } = progress.units;
    return {
      table: 'order_line',
      values: [
        view.subject,
        line.line,
        line.kind,
        line.sku ?? null,
        line.uom,
        ordered,
        cancelled,
        dispatched,
        progress.delivered,
        progress.returned,
        progress.allocated,
        BigInt(line.gross.minor),
        BigInt(line.discount.minor),
        sellerTaxMinor(line),
        lineStatus(progress),
      ],
    };
  });
}

/** One fact can show one oddity twice, such as a dispatch that names a line in two places. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.code} ${finding.key}`, finding])).values(),
  ];
}

function findingRows(subject: string, findings: readonly Finding[]): readonly Row[] {
  return findings.map(({ code, key, words, severity, team, eventIds }) => ({
    table: 'finding',
    values: [subject, code, key, words, severity, team, eventIds],
  }));
}
