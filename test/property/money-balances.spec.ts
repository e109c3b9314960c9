import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import {
  giftCardBalances,
  listOverdrawnGiftCards,
  settlementBatch,
} from '../../projections/money-balances/v1/queries.js';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';
import { projectedTables } from '../fixtures/projected-tables.js';

const card = 'giftCard-giftly:tok_1';
const batch = 'settlement-psp:4711';

const issued = fact('GiftCardIssued', card, {
  amount: euro(5_000),
  legalEntity: 'de01',
  cause: 'sale',
});
const redeemed = (redemption: string, minor: number, account = 'giftly') =>
  fact(
    'GiftCardRedeemed',
    card,
    { redemption, amount: euro(minor), payment: `payment-psp:${redemption}` },
    { account },
  );
const putBack = fact('GiftCardRefunded', card, { refund: 'gr1', amount: euro(1_000) });
const lapsed = fact('GiftCardExpired', card, { amount: euro(1_000) });
const line = (id: string, gross: number, fee: number) =>
  fact('SettlementLineReported', batch, {
    line: id,
    type: 'charge',
    legalEntity: 'de01',
    gross: euro(gross),
    fee: euro(fee),
    tax: euro(0),
    net: euro(gross - fee),
    reference: `payment-psp:${id}`,
  });
const payout = (minor: number) =>
  fact('PayoutReceived', batch, { payout: 'po_1', legalEntity: 'de01', amount: euro(minor) });

/** The rows of a table behind its key, as numbers. */
function sums(table: string, events: readonly AnyLedgerEvent[], keyColumns: number) {
  const rows = fullFold(events).get(`money_balances.${table}`)?.values() ?? [];
  return [...rows].map((row) => row.slice(keyColumns).map(Number));
}

describe('the balance of a gift card', () => {
  const columns = (...events: readonly AnyLedgerEvent[]) => sums('gift_card', events, 2);
  it('is what was issued and put back, less what was used and lapsed', () => {
    expect(columns(issued, redeemed('a', 3_000), redeemed('b', 2_000), putBack, lapsed)).toEqual([
      [5_000, 5_000, 1_000, 1_000, 0],
    ]);
  });
  it('counts a use once, whoever tells of it', () => {
    expect(columns(issued, redeemed('a', 3_000), redeemed('a', 3_000, 'shop'))).toEqual([
      [5_000, 3_000, 0, 0, 2_000],
    ]);
  });
  it('goes below zero where its uses come to more than was on it', () => {
    expect(columns(issued, redeemed('a', 3_000), redeemed('b', 2_500))).toEqual([
      [5_000, 5_500, 0, 0, -500],
    ]);
  });
});

describe('a batch of a provider', () => {
  it('is explained by its lines, and open until its payout reached the bank', () => {
    const lines = [line('a', 10_000, 150), line('b', 2_000, 55)];
    expect(sums('settlement_batch', lines, 3)).toEqual([[2, 12_000, 205, 0, 11_795, 0, 11_795]]);
    expect(sums('settlement_batch', [...lines, payout(11_795)], 3)).toEqual([
      [2, 12_000, 205, 0, 11_795, 11_795, 0],
    ]);
  });
});

describe('the counts of a till', () => {
  const closed = fact('TillClosed', 'till-store_7:2026%2D03%2D10', {
    node: 'store_7',
    businessDay: '2026-03-10',
    register: 'r1',
    session: 'z_88',
    legalEntity: 'de01',
    counts: [
      { tender: 'cash', expected: euro(81_250), counted: euro(81_200) },
      {
        tender: 'cash',
        expected: { minor: 5_000, currency: 'CHF' },
        counted: { minor: 5_000, currency: 'CHF' },
      },
    ],
  });
  it('are told for each currency of one tender', () => {
    expect(sums('till_count', [closed], 6)).toEqual([
      [81_250, 81_200, -50],
      [5_000, 5_000, 0],
    ]);
  });
});

describe('the balances in PostgreSQL', () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    pool = openPool({ connectionString: postgres.connectionString });
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  it('tell what is on a card, which cards are overdrawn and what a payout is made of', async () => {
    const uses = [redeemed('a', 3_000), redeemed('b', 2_500)];
    const history = [issued, ...uses, line('a', 10_000, 150), payout(9_000)];
    expect((await projectedTables(pool, history, 2)).verified).toBe('equal');
    const client = await pool.connect();
    try {
      await client.query('SET search_path TO money_balances_v1_g1');
      expect(await giftCardBalances(client, card)).toEqual([
        {
          card,
          currency: 'EUR',
          issued: '5000',
          redeemed: '5500',
          refunded: '0',
          expired: '0',
          balance: '-500',
        },
      ]);
      const [overdrawn, ...others] = await listOverdrawnGiftCards(client, { limit: 10 });
      expect(others).toEqual([]);
      expect(overdrawn?.finding).toMatchObject({
        code: 'gift_card_overdrawn',
        facts: {
          redeemed: { minor: '5500', currency: 'EUR' },
          issued: { minor: '5000', currency: 'EUR' },
          refunded: { minor: '0', currency: 'EUR' },
          expired: { minor: '0', currency: 'EUR' },
        },
      });
      const next = { after: [card, 'EUR'] as const, limit: 10 };
      expect(await listOverdrawnGiftCards(client, next)).toEqual([]);
      expect(await settlementBatch(client, batch)).toEqual([
        {
          legalEntity: 'de01',
          currency: 'EUR',
          lines: '1',
          gross: '10000',
          fee: '150',
          tax: '0',
          net: '9850',
          paidOut: '9000',
          open: '850',
        },
      ]);
    } finally {
      await client.query('RESET search_path');
      client.release();
    }
  });
  it('show no card as overdrawn that was filled up since', async () => {
    const history = [issued, redeemed('a', 3_000), redeemed('b', 2_500), putBack];
    await projectedTables(pool, history, 10);
    const client = await pool.connect();
    try {
      await client.query('SET search_path TO money_balances_v1_g1');
      expect(await listOverdrawnGiftCards(client, { limit: 10 })).toEqual([]);
    } finally {
      await client.query('RESET search_path');
      client.release();
    }
  });
});
