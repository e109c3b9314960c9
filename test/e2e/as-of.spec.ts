import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type RunningDaybook,
  startRunningDaybook,
} from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';

let daybook: RunningDaybook;
/** The sequences after the capture of the order, its payment, the correction of the payment. */
let captured: number;
let paid: number;
let corrected: number;
let written: Answer;
/** An instant between the payment and its correction. */
let between: string;

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const envelope = { specversion: '1.0', time: '2026-01-02T03:04:05Z' };

const order = {
  ...envelope,
  id: 'delivery of 1',
  source: 'shop',
  type: 'OrderCaptured',
  objectid: '1',
  data: {
    legalEntity: 'entity-eu',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'customer-1' },
    channel: 'web',
    lines: [
      {
        line: '1',
        kind: 'goods',
        sku: 'SKU-1',
        qty: 2,
        uom: 'piece',
        gross: eur(1_000),
        discount: eur(0),
        taxes: [],
      },
    ],
  },
};

function received(id: string, qty: number): object {
  return {
    ...envelope,
    id,
    source: 'wms',
    type: 'StockReceived',
    sku: 'SKU-1',
    node: 'warehouse',
    data: {
      owner: { kind: 'legal_entity', id: 'entity-eu' },
      qty,
      uom: 'piece',
      cause: 'purchase',
      bucket: 'sellable',
      receipt: id,
      line: '1',
    },
  };
}

const payment = {
  ...envelope,
  id: 'payment of 1',
  source: 'psp',
  type: 'PaymentCaptured',
  objectid: 'pay-1',
  data: {
    tender: 'card',
    amount: eur(1_000),
    legalEntity: 'entity-eu',
    capture: 'ch_1',
    orderRefs: [{ order: 'order-shop:1', amount: eur(1_000) }],
  },
};

async function record(event: object): Promise<{ readonly eventId: string; readonly leaf: string }> {
  written = await daybook.post('/v1/events', event);
  expect(written).toMatchObject({ status: 201 });
  return written.body as { readonly eventId: string; readonly leaf: string };
}

const position = (): string => written.headers.get('daybook-position') ?? '';
const read = (path: string): Promise<Answer> =>
  daybook.get(`${path}${path.includes('?') ? '&' : '?'}after=${position()}&wait=20000`);

interface Items {
  readonly items: readonly Readonly<Record<string, string>>[];
}

/** The sequence of the last event on the order's timeline, and when it was recorded. */
async function lastEntry(): Promise<{ readonly sequence: number; readonly recordedAt: string }> {
  const { items } = (await read('/v1/orders/order-shop:1/timeline')).body as Items;
  const entries = items.map(({ sequence, recordedAt = '' }) => ({
    sequence: Number(sequence),
    recordedAt,
  }));
  return entries.sort((left, right) => right.sequence - left.sequence)[0] ?? expect.fail();
}

beforeAll(async () => {
  daybook = await startRunningDaybook();
  await record(order);
  captured = (await lastEntry()).sequence;
  await record(received('r-1', 5));
  const { eventId, leaf } = await record(payment);
  ({ sequence: paid, recordedAt: between } = await lastEntry());
  await record(received('r-2', 7));
  await record({
    ...envelope,
    id: 'correction of the payment',
    source: 'psp',
    type: 'EventCorrected',
    subject: leaf,
    data: {
      target: { leaf, eventId, type: 'PaymentCaptured' },
      correction: 'co-1',
      reason: 'did_not_occur',
    },
  });
  // The order does not show the correction: without the payment nothing ties it to the order.
  corrected = paid + 2;
});

afterAll(() => daybook.stop());

describe('an order as of a moment', () => {
  it('shows before a correction what was believed, and after it what is known', async () => {
    const before = await read(`/v1/orders/order-shop:1?at=${paid}`);
    expect(before).toMatchObject({
      status: 200,
      body: {
        capturedMinor: '1000',
        asOf: { sequence: paid, isSettled: true, parked: { keys: 0, events: 0 } },
      },
    });
    const after = await read(`/v1/orders/order-shop:1?at=${corrected}`);
    expect(after).toMatchObject({ body: { capturedMinor: '0', asOf: { sequence: corrected } } });
    const now = await read('/v1/orders/order-shop:1');
    expect(now.body).not.toHaveProperty('asOf');
    expect(after.body).toMatchObject(now.body as object);
  });

  it('has the timeline of then, by sequence and by instant', async () => {
    const path = '/v1/orders/order-shop:1/timeline';
    const bySequence = await read(`${path}?at=${paid}`);
    const byInstant = await read(`${path}?at=${encodeURIComponent(between)}`);
    for (const { body } of [bySequence, byInstant]) {
      const { items } = body as Items;
      const shown = new Set(items.map(({ type, standing }) => `${type} ${standing}`));
      expect(shown).toEqual(new Set(['OrderCaptured effective', 'PaymentCaptured effective']));
    }
    const { items } = (await read(`${path}?at=${captured}`)).body as Items;
    expect(items.map(({ type }) => type)).toEqual(['OrderCaptured']);
  });

  it('is not found before its first event', async () => {
    expect(await read('/v1/orders/order-shop:1?at=0')).toMatchObject({
      status: 404,
      body: { code: 'order_not_found' },
    });
  });
});

describe('stock and books as of a moment', () => {
  it('hold what was recorded by then, from either side', async () => {
    const sellable = async (at: number) =>
      ((await read(`/v1/stock/SKU-1?at=${at}`)).body as Items).items.map((row) => row['sellable']);
    expect(await sellable(captured)).toEqual([]);
    expect(await sellable(paid)).toEqual(['5']);
    expect(await sellable(corrected)).toEqual(['12']);
    const balanceThen = await read(`/v1/trial-balance?at=${paid}`);
    expect(balanceThen).toMatchObject({
      body: {
        asOf: { sequence: paid },
        sequence: paid + 1,
        position: null,
        totals: [{ debitMinor: '1000', creditMinor: '1000' }],
      },
    });
    expect(await read(`/v1/trial-balance?at=${corrected}`)).toMatchObject({ body: { totals: [] } });
    const entries = await read(`/v1/entries?contract=order-shop:1&at=${paid}`);
    expect(entries).toMatchObject({ body: { items: [{ rule: 'tender_in', status: 'complete' }] } });
    const all = (await read(`/v1/entries?at=${paid}`)).body as Items;
    expect(new Set(all.items.map(({ rule }) => rule))).toEqual(
      new Set(['goods_received', 'tender_in']),
    );
  });

  it.each([
    ['1990-01-01T00:00:00Z', 'as_of_before_ledger'],
    ['1000000', 'as_of_beyond_tail'],
    ['yesterday', 'parameter_invalid'],
    ['2026-03-01', 'parameter_invalid'],
  ])('are refused at %s with the code %s', async (at, code) => {
    for (const path of ['/v1/trial-balance', '/v1/stock/SKU-1', '/v1/orders/order-shop:1']) {
      expect(await read(`${path}?at=${at}`)).toMatchObject({
        status: 400,
        body: { code, field: 'at' },
      });
    }
  });
});

describe('the command line', () => {
  const run = (...words: string[]) => runDaybook([...words, '--url', daybook.url]);

  it('shows timeline, stock and trial balance as of a moment, and says of which', async () => {
    const timeline = await run('timeline', 'order-shop:1', '--at', String(paid));
    expect(timeline).toMatchObject({ exitCode: 0, notes: '' });
    expect(timeline.output).toContain(`as of sequence ${paid}\n`);
    expect(timeline.output).toContain('captured 10.00 EUR');
    const stock = await run('stock', 'SKU-1', '--at', between);
    expect(stock.output).toMatch(/as of sequence \d+/);
    const balance = await run('trial-balance', '--at', String(paid));
    expect(balance.output).toContain('10.00 EUR');
    const beyond = await run('trial-balance', '--at', '999999');
    expect(beyond.exitCode).not.toBe(0);
    expect(beyond.notes).toContain('The read models end at sequence');
    expect((await run('stock', 'SKU-1', '--at', 'yesterday')).notes).toContain('Give a sequence');
  });
});
