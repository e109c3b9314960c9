import {
  belongsToNoOrder,
  type Finding,
  goodsFindings,
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
import { refundOwed } from './blockers.js';
import { commitmentsOf } from './commitments.js';
import { nextStepOf } from './next-step.js';
import { searchKeysOf } from './search-keys.js';
import { lineStatus } from './status.js';
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
import { foldedUnder } from './timeline-lines.js';

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
  const shown = view.events.filter(({ home }) => picture.attached.has(home));
  if (shown.length === 0) return [];
  return [
    ...entryRows(view.subject, shown),
    headerRow(picture, shown),
    ...lineRows(picture),
    ...tenderRows(picture),
    ...refundRows(picture),
    ...commitmentRows(picture),
    ...findingRows(view.subject, distinct(picture.findings)),
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
      distinct([...view.findings, ...goodsFindings(view, own), ...paymentFindings(view, own)]),
    ),
    ...searchKeyRows(view.subject, shown),
  ];
}

function entryRows(subject: string, shown: readonly ResolvedEvent[]): readonly Row[] {
  const folds = foldedUnder(shown);
  return shown.map((resolved) =>
    entryRow(subject, resolved, folds.get(resolved.event.eventId) ?? null),
  );
}

function entryRow(
  subject: string,
  { event, at, standing, because }: ResolvedEvent,
  lineOf: string | null,
): Row {
  const { occurrence, arrival } = event;
  const { data, personalData } = textsOf(event);
  return {
    table: 'entry',
    values: [
      subject,
      event.eventId,
      event.type,
      event.kind,
      event.account,
      occurrence.occurredAt,
      occurrence.precision,
      occurrence.notBefore,
      occurrence.notAfter,
      at,
      standing,
      because,
      lineOf,
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
    data: JSON.stringify(sealed.length === 0 ? event.data : Object.fromEntries(open)),
    personalData: sealed.length === 0 ? null : JSON.stringify(Object.fromEntries(sealed)),
  };
});

function headerRow(picture: OrderPicture, shown: readonly ResolvedEvent[]): Row {
  const { view, state, status, blockers, money, deliveries, deadlines } = picture;
  const next = nextStepOf(status, blockers);
  const captured = state.captured?.event;
  const delivered = deliveries.map(({ delivered: { resolved } }) => resolved.at);
  return header(view.subject, {
    status,
    owner: next.owner,
    clock: next.clock,
    blockers,
    captured: [
      captured?.data.legalEntity ?? null,
      money.currency,
      captured?.data.debtor.kind ?? null,
      captured?.data.debtor.id ?? null,
      captured?.data.channel ?? null,
      state.captured?.resolved.at ?? null,
    ],
    promised: picture.promised,
    deliveredAt: status === 'delivered' ? latest(delivered) : null,
    dueDates: [
      deadlines.pick_due,
      deadlines.pickup_expiry,
      deadlines.authorization_expiry,
      deadlines.stock_expected,
      deadlines.refund_expected,
      deadlines.evidence_due,
      deadlines.exception_due,
    ],
    amounts: [
      orderTotalMinor(state),
      money.authorized,
      money.captured,
      money.refunded,
      money.credited,
      refundOwed(status, money),
    ],
    findingCount: distinct(picture.findings).length,
    aliasOf: null,
    lastContact: lastContactSequence(view, shown),
  });
}

function aliasHeader(view: SubjectView, aliasOf: string): Row {
  return header(view.subject, {
    status: 'merged',
    owner: 'nobody',
    clock: 'none',
    blockers: [],
    captured: [null, null, null, null, null, null],
    promised: null,
    deliveredAt: null,
    dueDates: [null, null, null, null, null, null, null],
    amounts: [0n, 0n, 0n, 0n, 0n, 0n],
    findingCount: 0,
    aliasOf,
    lastContact: null,
  });
}

interface HeaderFields {
  readonly status: string;
  readonly owner: string;
  readonly clock: string;
  readonly blockers: readonly string[];
  readonly captured: readonly (string | null)[];
  readonly promised: string | null;
  readonly deliveredAt: string | null;
  readonly dueDates: readonly (string | null)[];
  readonly amounts: readonly bigint[];
  readonly findingCount: number;
  readonly aliasOf: string | null;
  readonly lastContact: number | null;
}

function header(order: string, fields: HeaderFields): Row {
  const [account = order, id] = parseLeaf(order)?.parts ?? [];
  const values: readonly Value[] = [
    order,
    account,
    id ?? null,
    fields.status,
    fields.owner,
    fields.clock,
    fields.blockers,
    ...fields.captured,
    fields.promised,
    fields.deliveredAt,
    ...fields.dueDates,
    ...fields.amounts,
    fields.findingCount,
    fields.aliasOf,
    fields.lastContact,
  ];
  return { table: 'order_header', values };
}

/** The last that is known of what the customer told us, by when it was recorded. */
function lastContactSequence(view: SubjectView, shown: readonly ResolvedEvent[]): number | null {
  if (view.effective('CustomerContactReceived').length === 0) return null;
  const contacts = shown.filter(
    ({ event, standing }) => event.type === 'CustomerContactReceived' && standing === 'effective',
  );
  return contacts.at(-1)?.event.arrival.sequence ?? null;
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
    const { line, ordered, cancelled, dispatched, pickedUp } = progress.units;
    const { backordered, released, picked, packed, readyForPickup } = progress.preparation;
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
        pickedUp,
        progress.delivered,
        progress.returned,
        progress.allocated,
        backordered,
        released,
        picked,
        packed,
        readyForPickup,
        BigInt(line.gross.minor),
        BigInt(line.discount.minor),
        sellerTaxMinor(line),
        lineStatus(progress),
      ],
    };
  });
}

function tenderRows({ view, money }: OrderPicture): readonly Row[] {
  return money.tenders.map((split) => ({
    table: 'order_tender',
    values: [
      view.subject,
      split.payment,
      split.tender,
      split.currency,
      split.authorized,
      split.openAuthorization,
      split.expiresAt,
      split.captured,
      split.refunded,
      split.disputed,
      split.settled,
    ],
  }));
}

function refundRows({ view, money }: OrderPicture): readonly Row[] {
  return money.refunds.map((refund) => ({
    table: 'order_refund',
    values: [
      view.subject,
      refund.key,
      refund.state,
      refund.payment,
      refund.refund,
      refund.tender,
      BigInt(refund.amount.minor),
      refund.amount.currency,
      refund.grantedAt,
      refund.approvedAt,
      refund.sentAt,
      refund.settledAt,
      refund.expectedAt,
      refund.reference,
    ],
  }));
}

function commitmentRows(picture: OrderPicture): readonly Row[] {
  return commitmentsOf(picture).map((commitment) => ({
    table: 'order_commitment',
    values: [
      picture.view.subject,
      commitment.kind,
      commitment.key,
      commitment.line,
      commitment.place,
      commitment.qty,
      commitment.minor,
      commitment.unit,
      commitment.dueAt,
    ],
  }));
}

function searchKeyRows(subject: string, shown: readonly ResolvedEvent[]): readonly Row[] {
  return searchKeysOf(shown).map(({ kind, value }) => ({
    table: 'search_key',
    values: [subject, kind, value],
  }));
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
