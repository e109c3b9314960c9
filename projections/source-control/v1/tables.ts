import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const count = (name: string): Column => ({ name, type: 'bigint' });
const optionalCount = (name: string): Column => ({ name, type: 'bigint', nullable: true });

const spanKey = ['account', 'span', 'number_range'] as const;

/** What the ledger holds of a source and business day or batch; `currency` is empty without money. */
export const sourceFactTable: Table = {
  name: 'source_fact',
  kind: 'sums',
  columns: [
    ...spanKey.map(text),
    text('event_type'),
    text('currency'),
    count('facts'),
    count('corrected'),
    { name: 'amount_minor', type: 'numeric' },
  ],
  primaryKey: [...spanKey, 'event_type', 'currency'],
};

/** The numbers the source gave its records; several facts may tell of one record. */
export const sourceNumberTable: Table = {
  name: 'source_number',
  kind: 'sums',
  columns: [...spanKey.map(text), count('number'), count('facts')],
  primaryKey: [...spanKey, 'number'],
};

/** What the source says it sent; `sums` is a list of {eventType, records, amount}. */
export const sourceTotalTable: Table = {
  name: 'source_total',
  kind: 'rows',
  columns: [
    ...spanKey.map(text),
    count('records'),
    optionalCount('first_sequence'),
    optionalCount('last_sequence'),
    { name: 'sums', type: 'jsonb' },
    text('event_id'),
  ],
  primaryKey: spanKey,
};

/** The rules of authority that the ledger holds; where one is for all, the text is empty. */
export const authorityRuleTable: Table = {
  name: 'authority_rule',
  kind: 'rows',
  columns: [
    text('event_type'),
    text('account'),
    text('legal_entity'),
    text('channel'),
    text('valid_from'),
    count('rank'),
    text('event_id'),
  ],
  primaryKey: ['event_type', 'account', 'legal_entity', 'channel', 'valid_from'],
};
