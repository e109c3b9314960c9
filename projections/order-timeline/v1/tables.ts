import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const optionalText = (name: string): Column => ({ name, type: 'text', nullable: true });
const units = (name: string): Column => ({ name, type: 'bigint' });
const minor = (name: string): Column => ({ name, type: 'numeric' });

/** One row a fact and order; a fact whose order is unknown stands under its own home. */
export const entryTable: Table = {
  name: 'entry',
  kind: 'rows',
  columns: [
    text('subject'),
    text('event_id'),
    text('type'),
    text('kind'),
    text('account'),
    text('words'),
    optionalText('occurred_at'),
    text('precision'),
    optionalText('not_before'),
    optionalText('not_after'),
    optionalText('sort_at'),
    text('standing'),
    optionalText('standing_reason'),
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
    { name: 'blocked_by', type: 'text[]' },
    optionalText('legal_entity'),
    optionalText('currency'),
    optionalText('debtor_kind'),
    optionalText('debtor_id'),
    optionalText('channel'),
    optionalText('captured_at'),
    optionalText('promised'),
    optionalText('delivered_at'),
    minor('ordered_minor'),
    minor('authorized_minor'),
    minor('captured_minor'),
    minor('refunded_minor'),
    minor('credited_minor'),
    { name: 'finding_count', type: 'integer' },
    optionalText('alias_of'),
  ],
  primaryKey: ['order_leaf'],
  indexes: [['status']],
};

/** Where the units of each order line are. */
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
    units('delivered'),
    units('returned'),
    units('allocated'),
    minor('gross_minor'),
    minor('discount_minor'),
    minor('tax_minor'),
    text('status'),
  ],
  primaryKey: ['order_leaf', 'line'],
};

/** What is odd, who acts on it, and the facts that show it. */
export const findingTable: Table = {
  name: 'finding',
  kind: 'rows',
  columns: [
    text('subject'),
    text('code'),
    text('key'),
    text('words'),
    text('severity'),
    text('team'),
    { name: 'event_ids', type: 'text[]' },
  ],
  primaryKey: ['subject', 'code', 'key'],
  indexes: [['code']],
};
