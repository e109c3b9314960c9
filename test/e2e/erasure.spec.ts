import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrowingTree, leafDigest } from '#audit';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { KeyRing, PersonalDataVault, PostgresDataKeyStore } from '#personal-data';
import { openRecorder, type Recorder } from '#recording';
import { clearTextIn, findClearText } from '../doubles/clear-text-scan.js';
import { InMemoryEventStore } from '../doubles/in-memory-event-store.js';
import { openPool } from '../doubles/open-pool.js';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';

const customerCount = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 1_000 : 200;
const batchEvents = Math.min(500, customerCount);
const forgotten = 117;
const order = `order-shop.eu:o${forgotten}`;
/** Texts of one person that stand nowhere else in the world. */
const person = {
  name: 'Qwzxname Vbnmxsurname',
  email: 'qwzx.marker@vbnmx.example',
  phone: '+49 1512 7654398',
  street: 'Qwzxstrasse 77',
};
const markers = ['Qwzxname', 'Vbnmxsurname', 'qwzx.mar', '@vbnmx', '1512 7654398', 'Qwzxstrasse'];
const money = (minor: number) => ({ minor, currency: 'EUR' });

const customerOf = (index: number): object => {
  if (index !== forgotten) {
    return { name: `Customer ${index}`, email: `customer-${index}@example.org` };
  }
  const { name, email, phone, street } = person;
  return { name, email, phone, addresses: [{ street, city: 'Berlin' }] };
};

function orderCaptured(index: number): object {
  return orderOf(String(index), customerOf(index));
}

function orderOf(id: string, customer: object): object {
  return {
    ...head(`captured-${id}`, 'shop.eu', 'OrderCaptured'),
    objectid: `o${id}`,
    data: {
      legalEntity: 'DE01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: `c-${id}` },
      channel: 'web',
      lines: [
        {
          line: '1',
          kind: 'goods',
          sku: 'mug',
          qty: 1,
          uom: 'piece',
          gross: money(1_000),
          discount: money(0),
          taxes: [{ amount: money(190), liable: 'seller' }],
        },
      ],
      customer,
    },
  };
}

function shipment(type: 'ShipmentDispatched' | 'ShipmentDelivered', data: object): object {
  return {
    ...head(`${type} ${forgotten}`, 'wms.dc1', type),
    objectid: `s${forgotten}`,
    data: { lines: [{ order, orderLine: '1', qty: 1 }], ...data },
  };
}

function head(id: string, source: string, type: string) {
  return { specversion: '1.0', id, source, type, time: '2026-03-01T10:00:00Z' };
}

const notUnderstood = [
  JSON.stringify({ ...head('q-1', 'shop.eu', 'OrderExploded'), data: { customer: person } }),
  // An event that breaks off: no JSON, with the person at the very place.
  `{"source":"shop.eu","email":${person.email},"name":"${person.name}"`,
  // The name of a field is the person's address.
  JSON.stringify({
    ...head('q-2', 'shop.eu', 'OrderCancelled'),
    objectid: 'o1',
    data: { [person.email]: person.name },
  }),
];

describe('a person who is forgotten', () => {
  let daybook: RunningDaybook;
  let log = '';

  beforeAll(async () => {
    daybook = await startRunningDaybook();
  }, 120_000);
  afterAll(async () => {
    await daybook.stop();
  });

  const command = (...words: string[]) =>
    runDaybook([...words, '--data', daybook.dataDirectory], {});
  const booksAndRoot = async (position: string, size?: number) => {
    const { body } = await daybook.get(`/v1/trial-balance?after=${position}&wait=10000`);
    // Where the balance stands moves on with the events of the erasure; what it says must not.
    const { items, totals } = body as { items: unknown; totals: unknown };
    const books = JSON.stringify({ items, totals });
    return { books, ...(await ledgerRoot(daybook.dataDirectory, size)) };
  };

  it('waits while an order is not finished, unless it is decided otherwise', async () => {
    const shared = { email: 'shared@example.org' };
    const events = ['w1', 'w2'].map((id) => orderOf(id, shared));
    await daybook.post('/v1/events', events);
    const ask = (subject: string, more: object = {}) => {
      const attempt = { 'daybook-client': 'office', 'idempotency-key': randomUUID() };
      return daybook.post('/v1/erasures', { subject, ...more }, attempt);
    };
    expect((await ask(shared.email)).body).toMatchObject({
      code: 'erasure_subject_ambiguous',
      persons: ['customer:shop.eu:c-w1', 'customer:shop.eu:c-w2'],
    });
    const nobody = await ask('customer:shop.eu:nobody');
    expect(nobody.body).toMatchObject({ code: 'erasure_subject_unknown' });
    expect((await ask('somebody')).body).toMatchObject({ code: 'erasure_subject_invalid' });

    const asked = await command('erase', 'customer:shop.eu:c-w1');
    expect(asked.output).toMatch(/deferred until .*: GDPR Art. 17.* an order is not finished/);
    expect(asked.output).toContain('not finished: order-shop.eu:ow1');
    const id = /^erasure ([0-9a-f]{32})/.exec(asked.output)?.[1] ?? '';
    const timeline = await command('timeline', 'order-shop.eu:ow1');
    expect(timeline.output).toMatch(/erasure pending until .*: add no personal notes/);
    const early = await daybook.post(`/v1/erasures/${id}/complete`, {});
    expect(early.body).toMatchObject({ code: 'erasure_deferred' });
    const deferUntil = '2999-12-31';
    const putOff = (legalBasis: string) => ask('customer:shop.eu:c-w1', { deferUntil, legalBasis });
    const naming = await putOff('as a@example.org wrote');
    expect(naming.body).toMatchObject({ code: 'erasure_deferral_invalid' });
    expect((await putOff('records are kept')).body).toMatchObject({
      erasure: { erasureId: id, stage: 'deferred', until: deferUntil, cause: 'retention' },
    });

    const done = await command('erase', '--complete', id, '--now');
    expect(done.output).toContain('completed, the key of a person destroyed');
    expect((await command('erase', '--list')).output).toContain(id);
    expect((await daybook.get('/v1/erasures')).body).toMatchObject({
      items: [{ erasureId: id, stage: 'completed', keysDestroyed: 1 }],
    });
    expect((await daybook.get(`/v1/erasures/${id}`)).body).toMatchObject({ keysDestroyed: 1 });
    const attempt = { 'daybook-client': 'office', 'idempotency-key': 'one' };
    const request = { subject: 'order-shop.eu:ow2', now: true };
    const first = await daybook.post('/v1/erasures', request, attempt);
    expect(first.body).toMatchObject({ erasure: { stage: 'completed' } });
    const again = await daybook.post('/v1/erasures', request, attempt);
    expect(again.body).toMatchObject({ erasure: (first.body as { erasure: object }).erasure });
    const other = await daybook.post('/v1/erasures', { ...request, all: true }, attempt);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
  }, 60_000);

  it('is found nowhere again, while everything else stays as it was', async () => {
    for (let from = 0; from < customerCount; from += batchEvents) {
      const events = Array.from({ length: batchEvents }, (_, index) => orderCaptured(from + index));
      const answer = await daybook.post('/v1/events', events);
      expect(answer.status).toBe(200);
    }
    const { headers } = await daybook.post('/v1/events', [
      shipment('ShipmentDispatched', {
        kind: 'original',
        recipient: { name: person.name, street: person.street, city: 'Berlin' },
      }),
      shipment('ShipmentDelivered', { carrier: 'dhl', signedBy: { name: person.name } }),
    ]);
    for (const body of notUnderstood) await daybook.post('/v1/events', body);
    const position = headers.get('daybook-position') ?? '';
    const before = await booksAndRoot(position);
    expect(before.books).toContain('"account":"revenue"');
    const shown = JSON.stringify((await daybook.get(`/v1/orders/${order}/timeline`)).body);
    expect(shown).toContain(person.email);

    const rotated = await command('keys', 'rotate');
    expect([rotated.exitCode, rotated.notes]).toEqual([0, '']);
    expect(rotated.output).toContain('of generation 2');
    const asked = await command('erase', person.email);
    expect([asked.exitCode, asked.notes]).toEqual([0, '']);
    expect(asked.output).toContain('completed, 2 keys of persons destroyed');
    expect(asked.output).toContain(
      `covers customer:shop.eu:c-${forgotten}, recipient:shipment-wms.dc1:s${forgotten}`,
    );

    const after = await booksAndRoot(position, before.size);
    expect(after).toEqual(before);
    const timeline = await command('timeline', order);
    expect(timeline.output).toContain('erased: a person of this order was forgotten');
    const { body } = await daybook.get(`/v1/orders/${order}/timeline`);
    expect(body).toMatchObject({ erasure: { stage: 'completed' } });
    expect(JSON.stringify(body)).toContain('{"erased":true}');
    expect((await daybook.get(`/v1/orders/order-shop.eu:o1/timeline`)).body).toMatchObject({
      erasure: null,
      items: [{ data: { customer: { email: 'customer-1@example.org' } } }],
    });

    await daybook.end();
    log = daybook.log();
    expect(await findClearText(daybook.dataDirectory, markers)).toEqual([]);
    expect(clearTextIn('the log', Buffer.from(log), markers)).toEqual([]);
    // The scan does find what stands there.
    const standing = await findClearText(daybook.dataDirectory, [`o${forgotten}`]);
    const places = standing.map(({ path }) => path.replace(daybook.dataDirectory, ''));
    expect(places.some((path) => path.startsWith('/eventstore/'))).toBe(true);
    expect(places.some((path) => path.includes('/pg_wal/'))).toBe(true);
    expect(places.some((path) => path.includes('/base/'))).toBe(true);
  }, 120_000);

  it('leaves the raw deliveries of all others readable, and none that tells of them', async () => {
    await withRecorder(daybook.dataDirectory, async (recorder) => {
      const deliveries = await Promise.all(
        Array.from({ length: customerCount }, (_, index) =>
          recorder.openDelivery({ source: 'shop.eu', deliveryId: `captured-${index}` }),
        ),
      );
      for (const [index, delivery] of deliveries.entries()) {
        const isErased = delivery?.body === 'erased';
        expect([index, isErased]).toEqual([index, index === forgotten]);
        if (delivery !== undefined && delivery.body !== 'erased') {
          expect(delivery.body.toString()).toContain(`customer-${index}@example.org`);
        }
      }
      const page = await recorder.listQuarantine({ limit: 100 });
      const bodies = await Promise.all(
        (page?.entries ?? []).map(({ source, digest }) =>
          recorder.openQuarantinedBody(source, digest),
        ),
      );
      expect(bodies).toEqual(notUnderstood.map(() => 'erased'));
    });
  }, 60_000);
});

/** The Merkle root over the first events of the ledger, as its store holds them. */
async function ledgerRoot(dataDirectory: string, size = Number.POSITIVE_INFINITY) {
  const record = JSON.parse(await readFile(join(dataDirectory, 'run.json'), 'utf8')) as {
    readonly eventStoreUrl: string;
  };
  const store = connectEventStore({ connectionString: record.eventStoreUrl, access: 'read' });
  const tree = new GrowingTree(() => undefined);
  const streamPrefix = defaultLedgerPrefix;
  for await (const { stream, ...event } of store.readAll({ streamPrefix, after: 'start' })) {
    if (tree.size >= size) break;
    const { revision, eventId, type, data, metadata } = event;
    const leaf = stream.slice(streamPrefix.length);
    tree.append(leafDigest({ stream: leaf, revision, eventId, type, data, metadata }));
  }
  await store.close();
  return { size: tree.size, root: tree.root().toString('hex') };
}

/** A write path of this process on the database of a Daybook that has ended. */
async function withRecorder(
  dataDirectory: string,
  work: (recorder: Recorder) => Promise<void>,
): Promise<void> {
  const server = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres') });
  const pool = openPool({ connectionString: server.connectionString });
  try {
    const keyFile = join(dataDirectory, 'keys', 'key-encryption-key');
    const ring = await KeyRing.open(pool, keyFile, { create: false });
    const personalData = new PersonalDataVault(ring, new PostgresDataKeyStore(pool));
    const clock = () => new Date().toISOString();
    const store = new InMemoryEventStore();
    await work(openRecorder({ store, pool, prefix: defaultLedgerPrefix, personalData, clock }));
  } finally {
    await pool.end();
    await server.stop();
  }
}
