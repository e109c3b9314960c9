import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
/** An amount may have 16 digits, so a thousand of them are beyond 64 bits. */
const minor = (name: string): Column => ({ name, type: 'numeric' });

const giftCardKey = ['card', 'currency'] as const;

/** The balance of a gift card, in minor units: issued + refunded - redeemed - expired. */
export const giftCardTable: Table = {
  name: 'gift_card',
  kind: 'sums',
  columns: [
    ...giftCardKey.map(text),
    minor('issued'),
    minor('redeemed'),
    minor('refunded'),
    minor('expired'),
    minor('balance'),
  ],
  primaryKey: giftCardKey,
  waypointRows: { where: 'balance <> 0' },
};

const batchKey = ['batch', 'legal_entity', 'currency'] as const;

/** What a payout is made of, in minor units; `open` is its net less what reached the bank. */
export const settlementBatchTable: Table = {
  name: 'settlement_batch',
  kind: 'sums',
  columns: [
    ...batchKey.map(text),
    { name: 'lines', type: 'bigint' },
    minor('gross'),
    minor('fee'),
    minor('tax'),
    minor('net'),
    minor('paid_out'),
    minor('open'),
  ],
  primaryKey: batchKey,
  waypointRows: { where: 'open <> 0' },
};

/** What was counted in a register by tender, and what it had summed up, in minor units. */
export const tillCountTable: Table = {
  name: 'till_count',
  kind: 'rows',
  columns: [
    text('home'),
    text('till'),
    text('register'),
    text('session'),
    text('tender'),
    text('currency'),
    minor('expected'),
    minor('counted'),
    minor('difference'),
  ],
  primaryKey: ['home', 'tender', 'currency'],
  indexes: [['till']],
  waypointRows: { where: 'difference <> 0' },
};
