import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { groupedBy } from '../fixtures/filed-rows.js';
import { answerOf, type CommandRun, runDaybook } from './command-line.js';
import { contractBalances, openBalances } from './entry-pages.js';
import { type FiledOrder, readFiledOrders, writeOrders } from './olist-files.js';
import { recordedLinesByKind, recordedOrdersByDay } from './recorded-figures.js';
import { RecordedTables } from './recorded-tables.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const wholeFolder = join(import.meta.dirname, '../../../shared/data/olist');
const hasData = existsSync(join(wholeFolder, 'olist_orders_dataset.csv'));
if (!hasData) console.warn(`Skipped: ${wholeFolder} with the Olist files is absent.`);

interface Statistics {
  readonly eventsByType: Readonly<Record<string, string>>;
  readonly ordersByStatus: Readonly<Record<string, string>>;
  readonly findingsByCode: Readonly<Record<string, string>>;
  readonly orderLines: string;
  readonly items: string;
  readonly payments: readonly {
    readonly tender: string;
    readonly currency: string;
    readonly count: string;
    readonly minor: string;
  }[];
  readonly entries: readonly { readonly status: string; readonly count: string }[];
}

interface TrialBalance {
  readonly items: readonly {
    readonly account: string;
    readonly debitMinor: string;
    readonly creditMinor: string;
  }[];
}

const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);
const totalOf = (order: FiledOrder): bigint => sum([...order.prices, ...order.freights]);
const paidFor = (order: FiledOrder): bigint => sum(order.payments.map(({ cents }) => cents));
const hasItems = (order: FiledOrder): boolean => order.prices.length > 0;
const isCancelled = ({ status }: FiledOrder): boolean =>
  status === 'canceled' || status === 'unavailable';
const isHandedOver = ({ handedOver, status }: FiledOrder): boolean =>
  handedOver !== '' || status === 'shipped';
const isArrived = ({ arrived, status }: FiledOrder): boolean =>
  arrived !== '' || status === 'delivered';
const isDispatched = (order: FiledOrder): boolean => isHandedOver(order) && hasItems(order);
/** A dispatch names units; without items, or without a hand-over, a reference ties the shipment. */
const isTiedByReference = (order: FiledOrder): boolean =>
  (isHandedOver(order) || isArrived(order)) && !isDispatched(order);

/** What a finding is raised for, by its code. */
const oddities: Readonly<Record<string, (order: FiledOrder) => boolean>> = {
  order_without_lines: (order) => !hasItems(order),
  payments_differ_from_order: (order) => paidFor(order) !== totalOf(order),
  cancelled_yet_dispatched: (order) => isCancelled(order) && isDispatched(order),
  cancelled_yet_delivered: (order) => isCancelled(order) && isArrived(order),
  delivered_without_date: (order) => isArrived(order) && order.arrived === '',
  dispatched_before_payment: (order) =>
    isDispatched(order) &&
    order.handedOver !== '' &&
    order.approved !== '' &&
    order.handedOver < order.approved,
  delivered_before_dispatch: (order) =>
    isDispatched(order) &&
    order.handedOver !== '' &&
    order.arrived !== '' &&
    order.arrived < order.handedOver,
};

/** Some 1,500 orders, imported twice; the deep size imports all of them. */
const sampleStride = 80;
const samplesOfEachOddity = 15;
const samplesOfEachStatus = 5;

/** Orders of every kind: each so-manieth, and the first of each oddity, status and tender. */
function sampleOf(orders: readonly FiledOrder[]): readonly FiledOrder[] {
  const sample = new Set(orders.filter((_, index) => index % sampleStride === 0));
  const keep = (few: readonly FiledOrder[]) => few.forEach((order) => sample.add(order));
  for (const isOdd of Object.values(oddities)) {
    keep(orders.filter(isOdd).slice(0, samplesOfEachOddity));
  }
  for (const status of new Set(orders.map((order) => order.status))) {
    keep(orders.filter((order) => order.status === status).slice(0, samplesOfEachStatus));
  }
  for (const type of new Set(orders.flatMap(({ payments }) => payments.map((paid) => paid.type)))) {
    keep(
      orders
        .filter(({ payments }) => payments.some((paid) => paid.type === type))
        .slice(0, samplesOfEachStatus),
    );
  }
  return orders.filter((order) => sample.has(order));
}

const tenderOf: Readonly<Record<string, string>> = {
  credit_card: 'card',
  debit_card: 'card',
  boleto: 'bank_transfer',
  voucher: 'voucher',
  not_defined: 'other',
};

function withoutZeros(counts: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [name, String(count)]),
  );
}

describe.skipIf(!hasData)('the real orders of Olist, imported', () => {
  let orders: readonly FiledOrder[];
  let whole: readonly FiledOrder[];
  let folder: string;
  let temporary: string;
  let postgres: TemporaryPostgres;
  let tables: RecordedTables;
  let daybook: RunningDaybook;
  let imported: CommandRun;
  let statistics: Statistics;
  const count = (...conditions: ((order: FiledOrder) => boolean)[]): number =>
    orders.filter((order) => conditions.every((condition) => condition(order))).length;
  const not = (condition: (order: FiledOrder) => boolean) => (order: FiledOrder) =>
    !condition(order);

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'daybook-olist-'));
    whole = readFiledOrders(wholeFolder);
    orders = deep ? whole : sampleOf(whole);
    folder = deep ? wholeFolder : join(temporary, 'sample');
    if (!deep) writeOrders(wholeFolder, new Set(orders.map(({ id }) => id)), folder);
    postgres = await startTemporaryPostgres();
    daybook = await startRunningDaybook({
      environment: { DATABASE_URL: postgres.connectionString },
    });
    tables = new RecordedTables(postgres.connectionString);
    imported = await runDaybook(['import', 'olist', folder, '--data', daybook.dataDirectory]);
    statistics = (await answerOf(['stats', '--data', daybook.dataDirectory])) as Statistics;
  }, 600_000);
  afterAll(async () => {
    await tables?.close();
    await daybook?.stop();
    await postgres?.stop();
    await rm(temporary, { recursive: true, force: true });
  });

  it('are the orders expected of these files', () => {
    expect(whole.length).toBeGreaterThan(5_000);
    expect(readFiledOrders(folder)).toEqual(orders);
    for (const isOdd of Object.values(oddities)) {
      expect(orders.some(isOdd)).toBe(whole.some(isOdd));
    }
    expect(imported.exitCode).toBe(0);
    expect(imported.output).toMatch(/quarantined +0\n/);
  });

  it('are as many events of each class as the rows prove', () => {
    const rows = orders.flatMap(({ payments }) => payments).length;
    const approvedRows = orders
      .filter(({ approved }) => approved !== '')
      .flatMap(({ payments }) => payments).length;
    expect(statistics.eventsByType).toEqual(
      withoutZeros({
        LedgerOpened: 1,
        OrderCaptured: orders.length,
        PromiseDateSet: orders.length,
        PaymentAuthorized: approvedRows,
        PaymentCaptured: rows,
        ShipmentDispatched: count(isDispatched),
        ShipmentScanned: count(isHandedOver, not(hasItems)),
        ShipmentDelivered: count(isArrived),
        ExternalReferenceAttached: count(isTiedByReference),
        OrderCancelled: count(isCancelled),
      }),
    );
  });

  it('have the units and lines of the items file', () => {
    const items = String(orders.flatMap(({ prices }) => prices).length);
    expect(statistics).toMatchObject({ orderLines: items, items });
  });

  it('have of each kind of line the count, the units and the sum of the files', async () => {
    const prices = orders.flatMap((order) => order.prices);
    const freights = orders.flatMap((order) => order.freights).filter((freight) => freight > 0n);
    const figuresFor = (amounts: readonly bigint[]) => ({
      lines: amounts.length,
      units: amounts.length,
      minor: sum(amounts),
    });
    expect(await recordedLinesByKind(tables)).toEqual({
      goods: figuresFor(prices),
      shipping: figuresFor(freights),
    });
  });

  it('are of each day of purchase as many, and worth as much, as in the files', async () => {
    const byDay = groupedBy(orders, ({ purchased }) => purchased.slice(0, 10));
    expect(await recordedOrdersByDay(tables, 'America/Sao_Paulo')).toEqual(
      Object.fromEntries(
        [...byDay].map(([day, ofDay]) => [
          day,
          { documents: ofDay.length, minor: sum(ofDay.map(totalOf)) },
        ]),
      ),
    );
  });

  it('stand each where the files say it got to', async () => {
    const statusOf = (order: FiledOrder): string => {
      if (isArrived(order)) return 'delivered';
      if (isDispatched(order)) return 'dispatched';
      return isCancelled(order) ? 'cancelled' : 'captured';
    };
    const rows = await tables.rows<{ id: string; status: string }>(
      'order_timeline',
      'SELECT order_id AS id, status FROM order_header',
    );
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(
      new Map(orders.map((order) => [order.id, statusOf(order)])),
    );
  });

  it('stand where the files say they got to, whatever their status claims', () => {
    const isSentOrHere = (order: FiledOrder) => isDispatched(order) || isArrived(order);
    expect(statistics.ordersByStatus).toEqual(
      withoutZeros({
        delivered: count(isArrived),
        dispatched: count(isDispatched, not(isArrived)),
        cancelled: count(isCancelled, not(isSentOrHere)),
        captured: count(not(isCancelled), not(isSentOrHere)),
      }),
    );
  });

  it('were paid in the sums of the payments file, by tender', () => {
    const byTender = new Map<string, { count: number; cents: bigint }>();
    for (const { type, cents } of orders.flatMap(({ payments }) => payments)) {
      const tender = tenderOf[type] ?? type;
      const known = byTender.get(tender) ?? { count: 0, cents: 0n };
      byTender.set(tender, { count: known.count + 1, cents: known.cents + cents });
    }
    expect(statistics.payments).toEqual(
      [...byTender]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([tender, { count: payments, cents }]) => ({
          tender,
          currency: 'BRL',
          count: String(payments),
          minor: String(cents),
        })),
    );
  });

  it('show every oddity of the files as a finding, and no other', () => {
    expect(statistics.findingsByCode).toEqual(
      withoutZeros(
        Object.fromEntries(Object.entries(oddities).map(([code, isOdd]) => [code, count(isOdd)])),
      ),
    );
  });

  it('are posted when sent and when paid, and nothing waits', async () => {
    const balance = await answerOf(['trial-balance', '--data', daybook.dataDirectory]);
    const sums = new Map(
      (balance as TrialBalance).items.map(({ account, debitMinor, creditMinor }) => [
        account,
        { debit: BigInt(debitMinor), credit: BigInt(creditMinor) },
      ]),
    );
    const sent = orders.filter(isDispatched);
    expect(sums.get('revenue')).toEqual({
      debit: 0n,
      credit: sum(sent.flatMap(({ prices }) => prices)),
    });
    expect(sums.get('shipping_revenue')).toEqual({
      debit: 0n,
      credit: sum(sent.flatMap(({ freights }) => freights)),
    });
    expect(sums.get('contract')).toEqual({
      debit: sum(sent.map(totalOf)),
      credit: sum(orders.map(paidFor)),
    });
    const both = [...sums.values()];
    expect(sum(both.map(({ debit }) => debit))).toBe(sum(both.map(({ credit }) => credit)));
    expect(statistics.entries.map(({ status }) => status)).toEqual(['complete']);
  });

  it('leave on each contract what was sent less what was paid', async () => {
    const found = await contractBalances(daybook);
    const expected = orders.map((order): [string, bigint] => [
      `order-olist:${order.id}`,
      (isDispatched(order) ? totalOf(order) : 0n) - paidFor(order),
    ]);
    expect(openBalances(found)).toEqual(openBalances(expected));
    expect(Object.keys(openBalances(expected)).length).toBeLessThan(orders.length);
  });

  it('are recorded once: a second import records nothing and changes nothing', async () => {
    const again = await runDaybook(['import', 'olist', folder, '--data', daybook.dataDirectory]);
    expect(again.exitCode).toBe(0);
    expect(again.output).toMatch(/recorded +0\n/);
    expect(await answerOf(['stats', '--data', daybook.dataDirectory])).toEqual(statistics);
  });

  it('verify', async () => {
    const verified = await runDaybook(['verify', '--full', '--data', daybook.dataDirectory]);
    expect(verified.output).toContain('No difference.');
    expect(verified.exitCode).toBe(0);
  });
});
