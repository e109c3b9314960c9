import { type RetailFigures, sumsOf } from '../fixtures/online-retail-figures.js';
import {
  byDay,
  byKind,
  type CountedRow,
  localDay,
  recordedLinesByKind,
  recordedOrdersByDay,
} from './recorded-figures.js';
import type { RecordedTables } from './recorded-tables.js';

const creditLines = `
  SELECT occurred_at, line
    FROM (SELECT DISTINCT ON (event_id) occurred_at, data
            FROM entry WHERE type = 'CreditMemoIssued' AND standing = 'effective') AS memo,
         jsonb_array_elements(data->'lines') AS line`;

const zone = 'Europe/London';

/** The same figures as the files prove, counted from the read models. */
export async function figuresOfTables(tables: RecordedTables): Promise<RetailFigures> {
  const of = (statement: string) => tables.rows<CountedRow>('order_timeline', statement);
  const events = await of(
    `SELECT type AS name, count(DISTINCT event_id) AS count FROM entry
      WHERE type <> 'LedgerOpened' GROUP BY type`,
  );
  const cancelled = await of(
    `SELECT order_id || '/' || line AS name, cancelled AS units
       FROM order_line JOIN order_header USING (order_leaf) WHERE cancelled > 0`,
  );
  const stock = await tables.rows<CountedRow>(
    'inventory_reservations',
    'SELECT sku AS name, sellable AS units FROM stock',
  );
  return {
    eventsByType: sumsOf(events.map(({ name, count }) => [name, Number(count)])),
    orderLinesByKind: await recordedLinesByKind(tables),
    creditLinesByKind: byKind(
      await of(
        `SELECT line->>'kind' AS name, count(*) AS count, sum((line->>'qty')::bigint) AS units,
                sum((line->'net'->>'minor')::bigint) AS minor
           FROM (${creditLines}) AS credited GROUP BY line->>'kind'`,
      ),
    ),
    ordersByDay: await recordedOrdersByDay(tables, zone),
    creditsByDay: byDay(
      await of(
        `SELECT ${localDay('occurred_at', zone)} AS name, count(*) AS count,
                sum((data->'total'->>'minor')::bigint) AS minor
           FROM (SELECT DISTINCT ON (event_id) occurred_at, data
                   FROM entry WHERE type = 'CreditMemoIssued' AND standing = 'effective') AS memo
          GROUP BY 1`,
      ),
    ),
    cancelledUnits: sumsOf(cancelled.map(({ name, units }) => [name, Number(units)])),
    adjustedUnits: sumsOf(stock.map(({ name, units }) => [name, Number(units)])),
  };
}
