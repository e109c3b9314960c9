import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const optionalText = (name: string): Column => ({ name, type: 'text', nullable: true });
const units = (name: string): Column => ({ name, type: 'bigint' });
const minor = (name: string): Column => ({ name, type: 'numeric' });

/**
 * One row a fact and order; a fact whose order is unknown stands under its own home. Its words are
 * made when it is read, in the reader's language. `line_of` names the entry it is told under; where
 * it is null, the entry is a line of its own. `stage` is its place among those of the same `sort_at`.
 */
export const entryTable: Table = {
  name: 'entry',
  kind: 'rows',
  columns: [
    text('subject'),
    text('event_id'),
    text('type'),
    text('kind'),
    text('account'),
    optionalText('occurred_at'),
    text('precision'),
    optionalText('not_before'),
    optionalText('not_after'),
    optionalText('sort_at'),
    text('stage'),
    text('standing'),
    optionalText('standing_reason'),
    optionalText('line_of'),
    text('leaf'),
    { name: 'data', type: 'jsonb' },
    { name: 'personal_data', type: 'jsonb', nullable: true, arrival: true },
    { name: 'recorded_at', type: 'text', arrival: true },
    { name: 'revision', type: 'bigint', arrival: true },
    { name: 'sequence', type: 'bigint', arrival: true },
    { name: 'delivery_digest', type: 'text', arrival: true },
  ],
  primaryKey: ['subject', 'event_id'],
  indexes: [['type'], ['leaf']],
};

/** What an agent says in one sentence: where the order is, who acts next, what blocks it. */
export const orderHeaderTable: Table = {
  name: 'order_header',
  kind: 'rows',
  columns: [
    text('order_leaf'),
    text('account'),
    optionalText('order_id'),
    text('status'),
    text('next_owner'),
    text('next_due'),
    { name: 'blocked_by', type: 'text[]' },
    optionalText('legal_entity'),
    optionalText('currency'),
    optionalText('debtor_kind'),
    optionalText('debtor_id'),
    optionalText('channel'),
    optionalText('captured_at'),
    optionalText('promised'),
    optionalText('delivered_at'),
    optionalText('pick_due_at'),
    optionalText('pickup_expires_at'),
    optionalText('authorization_expires_at'),
    optionalText('stock_expected_at'),
    optionalText('refund_expected_at'),
    optionalText('evidence_due_at'),
    optionalText('exception_due_at'),
    minor('ordered_minor'),
    minor('authorized_minor'),
    minor('captured_minor'),
    minor('refunded_minor'),
    minor('credited_minor'),
    minor('refund_owed_minor'),
    { name: 'finding_count', type: 'integer' },
    optionalText('alias_of'),
    { name: 'last_contact_sequence', type: 'bigint', nullable: true, arrival: true },
  ],
  primaryKey: ['order_leaf'],
  indexes: [['status']],
};

/**
 * How many units of each order line ever got how far; `unitsByState` tells from it where each of
 * them is.
 */
export const orderLineTable: Table = {
  name: 'order_line',
  kind: 'rows',
  columns: [
    text('order_leaf'),
    text('line'),
    text('kind'),
    optionalText('sku'),
    text('uom'),
    units('ordered'),
    units('cancelled'),
    units('dispatched'),
    units('picked_up'),
    units('delivered'),
    units('returned'),
    units('allocated'),
    units('backordered'),
    units('released'),
    units('picked'),
    units('packed'),
    units('ready_for_pickup'),
    minor('gross_minor'),
    minor('discount_minor'),
    minor('tax_minor'),
    text('status'),
  ],
  primaryKey: ['order_leaf', 'line'],
};

/** What each payment is to an order, by tender. */
export const orderTenderTable: Table = {
  name: 'order_tender',
  kind: 'rows',
  columns: [
    text('order_leaf'),
    text('payment'),
    text('tender'),
    text('currency'),
    minor('authorized_minor'),
    minor('open_authorization_minor'),
    optionalText('expires_at'),
    minor('captured_minor'),
    minor('refunded_minor'),
    minor('disputed_minor'),
    minor('settled_minor'),
  ],
  primaryKey: ['order_leaf', 'payment', 'tender', 'currency'],
};

/** How far each refund of an order is. */
export const orderRefundTable: Table = {
  name: 'order_refund',
  kind: 'rows',
  columns: [
    text('order_leaf'),
    text('refund_key'),
    text('state'),
    optionalText('payment'),
    optionalText('refund'),
    optionalText('tender'),
    minor('minor'),
    text('currency'),
    optionalText('granted_at'),
    optionalText('approved_at'),
    optionalText('sent_at'),
    optionalText('settled_at'),
    optionalText('expected_at'),
    optionalText('reference'),
  ],
  primaryKey: ['order_leaf', 'refund_key'],
};

/** Stock and money that are bound to an order and not used up: what is open, never what was. */
export const orderCommitmentTable: Table = {
  name: 'order_commitment',
  kind: 'rows',
  columns: [
    text('order_leaf'),
    text('kind'),
    text('commitment_key'),
    optionalText('order_line'),
    optionalText('place'),
    units('qty'),
    minor('minor'),
    optionalText('unit'),
    optionalText('due_at'),
  ],
  primaryKey: ['order_leaf', 'kind', 'commitment_key'],
};

/** What a subject is found by besides the leaves of its entries. */
export const searchKeyTable: Table = {
  name: 'search_key',
  kind: 'rows',
  columns: [text('subject'), text('kind'), text('value')],
  primaryKey: ['subject', 'kind', 'value'],
  indexes: [['value', 'subject']],
};

/**
 * What is odd, who acts on it, and the events that show it. Its words are made of its code and its
 * facts when it is read, in the reader's language.
 */
export const findingTable: Table = {
  name: 'finding',
  kind: 'rows',
  columns: [
    text('subject'),
    text('code'),
    text('key'),
    { name: 'facts', type: 'jsonb' },
    text('severity'),
    text('team'),
    { name: 'event_ids', type: 'text[]' },
  ],
  primaryKey: ['subject', 'code', 'key'],
  indexes: [['code']],
};
