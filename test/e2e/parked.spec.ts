import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { answerOf, runDaybook } from './command-line.js';

const order = 'order-shop:1';
const poison = randomUUID();
const envelope = { specversion: '1.0', time: '2026-01-02T03:04:05Z' };
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const line = { line: '1', kind: 'goods', sku: 'SKU-1', qty: 2, uom: 'piece' };

const captured = (id: string): object => ({
  ...envelope,
  id: `delivery of ${id}`,
  source: 'shop',
  type: 'OrderCaptured',
  objectid: id,
  data: {
    legalEntity: 'entity-eu',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'customer-1' },
    channel: 'web',
    lines: [{ ...line, gross: eur(1_000), discount: eur(0), taxes: [] }],
  },
});

const paid = (id: string): object => ({
  ...envelope,
  id: `payment of ${id}`,
  source: 'psp',
  type: 'PaymentCaptured',
  objectid: `pay-${id}`,
  data: {
    tender: 'card',
    amount: eur(1_000),
    legalEntity: 'entity-eu',
    capture: `ch_${id}`,
    orderRefs: [{ order: `order-shop:${id}`, amount: eur(1_000) }],
  },
});

let daybook: RunningDaybook;

beforeAll(async () => {
  daybook = await startRunningDaybook();
  await record(captured('1'));
  await record(captured('2'));
  await writeAsAnotherRelease();
  await record(paid('1'));
  await record(paid('2'));
});
afterAll(() => daybook.stop());

/** Records an event, and returns once the read models are behind it. */
async function record(event: object): Promise<void> {
  const { status, headers } = await daybook.post('/v1/events', event);
  expect(status).toBe(201);
  const after = encodeURIComponent(headers.get('daybook-position') ?? '');
  expect(await daybook.get(`/v1/stats?wait=30000&after=${after}`)).toMatchObject({ status: 200 });
}

/** An event as a release that knows more would write it, at the end of the order's stream. */
async function writeAsAnotherRelease(): Promise<void> {
  const run = await readFile(join(daybook.dataDirectory, 'run.json'), 'utf8');
  const { eventStoreUrl } = JSON.parse(run) as { readonly eventStoreUrl: string };
  const store = connectEventStore({ connectionString: eventStoreUrl });
  const events = [{ eventId: poison, type: 'OrderForeseen', data: { odd: true }, metadata: {} }];
  const stream = `${defaultLedgerPrefix}${order}`;
  expect(await store.append({ stream, expectedRevision: 0, events })).toMatchObject({
    outcome: 'appended',
  });
  await store.close();
}

interface Listed {
  readonly keys: readonly {
    readonly key: string;
    readonly eventId: string;
    readonly sinceSequence: number;
  }[];
  readonly resolutions: readonly { readonly eventId: string }[];
}

async function parked(): Promise<Listed> {
  return (await daybook.get('/v1/parked')).body as Listed;
}

const data = (): readonly string[] => ['--data', daybook.dataDirectory];

const path = (rest: string): string => `/v1/parked/${encodeURIComponent(order)}/${rest}`;

describe('an event of a release that knows more', () => {
  it('parks its order, and every answer that lacks it says so', async () => {
    expect((await parked()).keys).toMatchObject([
      { key: order, eventId: poison, code: 'event_unreadable', events: 2 },
    ]);
    for (const read of [`/v1/orders/${order}`, `/v1/orders/${order}/timeline`]) {
      expect(await daybook.get(read)).toMatchObject({
        status: 200,
        body: { parked: { key: order, code: 'event_unreadable' } },
      });
    }
    expect(await daybook.get(`/v1/orders/${order}`)).toMatchObject({
      body: { capturedMinor: '0' },
    });
    expect(await daybook.get('/v1/orders/order-shop:2')).toMatchObject({
      body: { parked: null, capturedMinor: '1000' },
    });
    for (const read of ['/v1/trial-balance', '/v1/stats']) {
      expect(await daybook.get(read)).toMatchObject({
        status: 200,
        body: { parked: { keys: 1, events: 2 }, position: expect.any(String) },
      });
    }
    expect(await daybook.get('/health/ready')).toMatchObject({
      status: 200,
      body: { checks: { projector: { parkedKeys: 1 } } },
    });
  });

  it('is lacked by every past from its place on, and by none before', async () => {
    const since = (await parked()).keys[0]?.sinceSequence ?? 0;
    expect(await daybook.get(`/v1/orders/${order}?at=${since}`)).toMatchObject({
      status: 200,
      body: { parked: { key: order }, asOf: { parked: { keys: 1, events: 1 } } },
    });
    expect(await daybook.get(`/v1/orders/${order}?at=${since - 1}`)).toMatchObject({
      status: 200,
      body: { parked: null, asOf: { parked: { keys: 0, events: 0 } } },
    });
    expect(await daybook.get(`/v1/trial-balance?at=${since}`)).toMatchObject({
      status: 200,
      body: { asOf: { sequence: since, parked: { keys: 1, events: 1 } } },
    });
  });

  it('is listed and retried by commands', async () => {
    const listed = await runDaybook(['parked', 'list', ...data()]);
    expect(listed).toMatchObject({ exitCode: 0, notes: '' });
    for (const told of [order, poison, 'event_unreadable']) expect(listed.output).toContain(told);
    expect(await answerOf(['parked', 'retry', ...data()])).toMatchObject({
      results: [{ key: order, outcome: 'retried', applied: 0, stillParked: 2 }],
    });
    expect(await runDaybook(['parked', 'retry', 'order-nobody:1', ...data()])).toMatchObject({
      exitCode: 2,
      notes: expect.stringContaining('parked_key_not_found'),
    });
  });

  it('stays parked where this release tries it again', async () => {
    expect(await daybook.post(path('retry'), {})).toMatchObject({
      status: 200,
      body: { outcome: 'retried', applied: 0, stillParked: 2, code: 'event_unreadable' },
    });
    expect(await daybook.post('/v1/parked/order-nobody:1/retry', {})).toMatchObject({
      status: 404,
      body: { code: 'parked_key_not_found' },
    });
  });

  it('is left out once that is decided, by name and with its reason', async () => {
    const decision = { eventId: poison, decision: 'skip', reason: 'a rehearsal', decidedBy: 'MB' };
    const headers = { 'content-type': 'application/json' };
    expect(await daybook.post(path('resolve'), { ...decision, reason: '' }, headers)).toMatchObject(
      { status: 400 },
    );
    const { reason, decidedBy: by } = decision;
    const words = ['parked', 'resolve', order, '--event', poison, '--reason', reason, '--by', by];
    expect(await answerOf([...words, ...data()])).toMatchObject({
      outcome: 'resolved',
      retry: { applied: 1, skipped: 1, stillParked: 0 },
    });
    expect(await daybook.post(path('resolve'), decision, headers)).toMatchObject({
      status: 200,
      body: { outcome: 'resolved', resolution: { eventId: poison } },
    });
    expect(await parked()).toMatchObject({ keys: [], resolutions: [{ eventId: poison }] });
    expect(await daybook.get(`/v1/orders/${order}`)).toMatchObject({
      body: { parked: null, capturedMinor: '1000' },
    });
    const { exitCode, output } = await verification(daybook.dataDirectory);
    expect(output).toContain('1 of them are left out by a recorded decision.');
    expect(exitCode).toBe(0);
  });
});
