import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginReading } from '#projection-engine';
import type { AnyLedgerEvent, EventData } from '#events';
import {
  listOversold,
  listStock,
  type StockClock,
  type StockRow,
} from '../../projections/inventory-reservations/v1/queries.js';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { fact } from '../fixtures/facts.js';
import { projectedTables } from '../fixtures/projected-tables.js';
import { Random } from '../fixtures/random.js';

const owner = { kind: 'legal_entity', id: 'de01' };
const units = (qty: number) => ({ owner, qty, uom: 'each' });
const dc = 'inventory-mug:dc1';
const order = 'order-shop:1';
const [nine, ten, later] = [
  '2026-03-02T09:00:00.000Z',
  '2026-03-02T10:00:00.000Z',
  '2026-03-09T10:00:00.000Z',
];

const received = (qty: number, more: Partial<EventData<'StockReceived'>> = {}, leaf = dc) =>
  fact(
    'StockReceived',
    leaf,
    { ...units(qty), cause: 'purchase', bucket: 'sellable', receipt: 'r', line: '1', ...more },
    { account: 'wms' },
  );
const allocated = (qty: number, leaf = dc) =>
  fact('StockAllocated', leaf, {
    authority: 'oms',
    allocation: `al ${leaf}`,
    line: '1',
    order,
    orderLine: '1',
    ...units(qty),
  });
const coming = (
  line: string,
  qty: number,
  certainty: 'ordered' | 'confirmed',
  expectedAt: string,
) =>
  fact('IncomingStockExpected', dc, {
    purchaseOrder: 'purchaseOrder-erp:1',
    purchaseOrderLine: line,
    ...units(qty),
    certainty,
    expectedAt,
  });
const byTransfer = { transfer: 'transfer-dc1:1', transferLine: '1' };

/** A node with something of everything, and one that sold more than it had. */
const history: readonly AnyLedgerEvent[] = [
  received(40),
  received(10, { bucket: 'quality_control', receipt: 'q' }),
  allocated(6),
  fact('StockSoftReserved', dc, {
    authority: 'oms',
    reservation: 'soft',
    line: '1',
    cart: 'cart-1',
    ...units(5),
    reservedUntil: ten,
  }),
  fact('StockBackordered', dc, {
    authority: 'oms',
    backorder: 'bo',
    line: '1',
    order,
    orderLine: '2',
    ...units(4),
  }),
  fact('SafetyStockSet', dc, { owner, uom: 'each', qty: 3, threshold: 2, policyVersion: '1' }),
  coming('1', 20, 'confirmed', '2026-03-09'),
  coming('2', 50, 'ordered', '2026-03-03'),
  coming('3', 7, 'confirmed', '2026-03-02T09:30:00.000Z'),
  received(5, {
    receipt: 'p',
    purchaseOrder: 'purchaseOrder-erp:1',
    purchaseOrderLine: '1',
  }),
  fact('StockIssued', dc, {
    ...units(10),
    cause: 'transfer',
    ...byTransfer,
    destination: 'store',
    shipment: 'tr',
    line: '1',
    component: 0,
  }),
  received(8, { cause: 'transfer', ...byTransfer, receipt: 'tr' }, 'inventory-mug:store'),
  allocated(9, 'inventory-mug:store'),
];

describe('the stock of an item as it is asked for', () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    pool = openPool({ connectionString: postgres.connectionString });
    const { verified } = await projectedTables(pool, new Random(1).shuffled(history), 3);
    expect(verified).toBe('equal');
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  async function reading<Result>(read: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    try {
      await beginReading(client, 'daybook');
      return await read(client);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }
  const at = async (clock: StockClock): Promise<StockRow | undefined> => {
    const rows = await reading((client) => {
      return listStock(client, { sku: 'mug', node: 'dc1' }, clock, { limit: 10 });
    });
    return rows[0];
  };

  it('is what the buckets hold, less what is kept for order lines and still for carts', async () => {
    expect(await at({ asOf: nine, promiseBy: nine })).toMatchObject({
      sellable: '35',
      qualityControl: '10',
      onHand: '45',
      allocated: '6',
      softReserved: '5',
      reserved: '11',
      available: '24',
      backordered: '4',
      incoming: '72',
      safetyStock: '3',
      threshold: '2',
      availableToSell: '19',
      availableToPromise: '17',
    });
  });
  it('holds what a cart keeps no longer than until its time is over', async () => {
    expect(await at({ asOf: ten, promiseBy: nine })).toMatchObject({
      softReserved: '0',
      reserved: '6',
      available: '29',
      availableToSell: '24',
    });
  });
  it('promises what is confirmed to be there by then, at the end of a day where only that is known', async () => {
    const promised = async (promiseBy: string) =>
      (await at({ asOf: ten, promiseBy }))?.availableToPromise;
    expect(await promised(nine)).toBe('22');
    expect(await promised(ten)).toBe('29');
    expect(await promised(later)).toBe('29');
    expect(await promised('2026-03-10T00:00:00.000Z')).toBe('44');
  });
  it('is under way to a node until it came in, and oversold where more was promised', async () => {
    const clock = { asOf: ten, promiseBy: ten };
    const oversold = await reading((client) => listOversold(client, clock, { limit: 10 }));
    expect(oversold).toMatchObject([
      { node: 'store', onHand: '8', inTransit: '2', available: '-1', availableToSell: '0' },
    ]);
    const after = oversold.map(({ sku, node, ownerKind, ownerId, uom }) => {
      return [sku, node, ownerKind, ownerId, uom];
    })[0];
    expect(await reading((client) => listOversold(client, clock, { limit: 10, after }))).toEqual(
      [],
    );
  });
});
