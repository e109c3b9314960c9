import fc from 'fast-check';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { leafOf } from '#kernel';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { euro, fact } from '../fixtures/facts.js';
import { randomHistory } from '../fixtures/history.js';
import { projectedTables } from '../fixtures/projected-tables.js';
import { Random } from '../fixtures/random.js';
import { openPool } from '../doubles/open-pool.js';

const shuffles = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200 : 8;

/** One of each kind of row, with every id as long as the edge lets it be, and incompressible. */
function longestIds(): readonly AnyLedgerEvent[] {
  const random = new Random(1);
  const long = (characters: number) =>
    Array.from({ length: characters }, () =>
      String.fromCodePoint(0x1f300 + random.between(0, 700)),
    ).join('');
  const [line, sku, authority, allocation] = [long(300), long(300), long(300), long(300)];
  const [node, legalEntity, uom] = [long(100), long(100), long(100)];
  const order = leafOf('order', ['shop', long(300)]);
  const leaf = leafOf('inventory', [sku, node]);
  const owner = { kind: 'legal_entity', id: legalEntity };
  const captured = fact('OrderCaptured', order, {
    legalEntity,
    currency: 'EUR',
    debtor: { kind: 'customer', id: long(300) },
    channel: long(300),
    lines: [
      { line, kind: 'goods', sku, qty: 1, uom, gross: euro(100), discount: euro(0), taxes: [] },
    ],
  });
  const allocated = fact('StockAllocated', leaf, {
    authority,
    allocation,
    line,
    order,
    orderLine: line,
    owner,
    qty: 1,
    uom,
  });
  const dispatched = fact('ShipmentDispatched', leafOf('shipment', ['wms', long(300)]), {
    kind: 'original',
    lines: [
      { order, orderLine: line, qty: 3 },
      { order, orderLine: line, qty: 3 },
      { order, orderLine: long(300), qty: 1 },
    ],
    trackings: [{ carrier: 'dhl', tracking: long(300) }],
  });
  return [captured, { ...allocated, objectParts: [sku, node] }, dispatched];
}

describe('the tables in PostgreSQL', () => {
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

  it('hold ids of the greatest length, which no index may refuse', async () => {
    const history = longestIds();
    expect((await projectedTables(pool, history, 100)).verified).toBe('equal');
  });

  it('are equal for every order of arrival and every size of batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, order) => {
        const history = randomHistory(seed, 3);
        const random = new Random(order);
        const straight = await projectedTables(pool, history, 10_000);
        const shuffled = await projectedTables(
          pool,
          random.shuffled(history),
          random.pick([1, 3, 17, 60]),
        );
        expect(shuffled.dump).toBe(straight.dump);
        expect([straight.verified, shuffled.verified]).toEqual(['equal', 'equal']);
      }),
      { numRuns: shuffles, endOnFailure: true },
    );
  });
});
