import { orderTotalMinor, type ResolvedEvent, type SubjectView } from '#domain';
import { compareText, parseLeaf } from '#kernel';
import type { Row, Value } from '#projection-engine';
import { openExceptions, refundOwed } from './blockers.js';
import { nextStepOf } from './next-step.js';
import type { OrderPicture } from './order-picture.js';

/** What is known of an order in one row. */
export function headerRow(picture: OrderPicture, shown: readonly ResolvedEvent[]): Row {
  const { view, state, status, blockers, money, deliveries, deadlines } = picture;
  const next = nextStepOf(status, blockers, exceptionTeam(picture));
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
    findingCount: picture.findings.length,
    aliasOf: null,
    lastContact: lastContactSequence(view, shown),
  });
}

/** An order that is another name of one says nothing but that. */
export function aliasHeader(view: SubjectView, aliasOf: string): Row {
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

/** The team of the open exception that is due first; one without a date comes last. */
function exceptionTeam({ view, attached, blockers }: OrderPicture): string | undefined {
  if (!blockers.includes('exception_open')) return undefined;
  const [first] = openExceptions(view, attached)
    .map(({ event: { data, eventId } }) => ({
      team: data.ownerTeam,
      due: `${data.dueAt ?? '9999'} ${eventId}`,
    }))
    .sort((left, right) => compareText(left.due, right.due));
  return first?.team;
}
