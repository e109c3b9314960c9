import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafOf, readPositionToken, sha256Hex, writePositionToken } from '#kernel';
import {
  type Answer,
  type RunningDaybook,
  startRunningDaybook,
} from '../doubles/running-daybook.js';

let daybook: RunningDaybook;

beforeAll(async () => {
  daybook = await startRunningDaybook();
});

afterAll(() => daybook.stop());

type Fields = Readonly<Record<string, unknown>>;

/** A cursor as a list would write it. */
const cursorOf = (...key: readonly string[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');
const eur = (minor: number) => ({ minor, currency: 'EUR' });

/** A good order; a case of the tables below spoils one thing of it. */
function order(id: string, changes: Fields = {}, dataChanges: Fields = {}): Fields {
  return {
    specversion: '1.0',
    id: `delivery of ${id}`,
    source: 'shop',
    type: 'OrderCaptured',
    objectid: id,
    time: '2026-01-02T03:04:05Z',
    data: {
      legalEntity: 'entity-eu',
      currency: 'EUR',
      debtor: { kind: 'customer', id: 'customer-1' },
      channel: 'web',
      lines: [line()],
      ...dataChanges,
    },
    ...changes,
  };
}

function line(changes: Fields = {}): Fields {
  const units = { line: '1', kind: 'goods', sku: 'SKU-1', qty: 2, uom: 'piece' };
  return { ...units, gross: eur(1_000), discount: eur(0), taxes: [], ...changes };
}

function received(id: string, sku: string, qty: number): Fields {
  return {
    specversion: '1.0',
    id,
    source: 'wms',
    type: 'StockReceived',
    sku,
    node: 'warehouse',
    time: '2026-01-01T00:00:00Z',
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

const position = (answer: Answer): string => answer.headers.get('daybook-position') ?? '';

/** Reads with `after`: what was written is there, however far behind the read models are. */
const readAfter = (path: string, written: Answer): Promise<Answer> =>
  daybook.get(`${path}${path.includes('?') ? '&' : '?'}after=${position(written)}&wait=20000`);

async function quarantined(): Promise<readonly Fields[]> {
  const items: Fields[] = [];
  for (let cursor = ''; ;) {
    const { body } = await daybook.get(`/v1/quarantine?limit=100${cursor}`);
    const page = body as { items: Fields[]; next: string | null };
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = `&cursor=${page.next}`;
  }
}

async function expectGoodEventGoesThrough(id: string): Promise<void> {
  expect(await daybook.post('/v1/events', order(id))).toMatchObject({ status: 201 });
}

interface BadInput {
  readonly name: string;
  readonly body: unknown;
  readonly code: string;
  readonly field?: string;
  readonly status?: number;
}

const text = (id: string, replaced: string, by: string): string =>
  JSON.stringify(order(id)).replace(replaced, by);

const badInputs: readonly BadInput[] = [
  { name: 'no JSON', body: '{"specversion": "1.0",', code: 'body_not_json' },
  { name: 'an empty body', body: '', code: 'body_not_json' },
  { name: 'bytes that are no UTF-8', body: Buffer.from([0x7b, 0xff, 0x7d]), code: 'body_not_json' },
  { name: 'no object', body: '"event"', code: 'envelope_invalid', field: 'event' },
  {
    name: 'nesting without end',
    body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    code: 'body_nested_too_deep',
  },
  {
    name: 'an unknown type',
    body: order('unknown-type', { type: 'OrderTeleported' }),
    code: 'event_type_unknown',
    field: 'type',
  },
  {
    name: 'a missing field',
    body: order('missing-field', {}, { channel: undefined }),
    code: 'field_missing',
    field: 'data.channel',
  },
  {
    name: 'an extra field',
    body: order('extra-field', {}, { colour: 'red' }),
    code: 'field_unknown',
    field: 'data.colour',
  },
  {
    name: 'an unknown attribute',
    body: order('extra-attribute', { colour: 'red' }),
    code: 'envelope_invalid',
    field: 'colour',
  },
  {
    name: 'a mistyped field',
    body: order('mistyped-field', {}, { lines: [line({ line: 1 })] }),
    code: 'field_invalid',
    field: 'data.lines.0.line',
  },
  {
    name: 'an unknown currency',
    body: order('unknown-currency', {}, { currency: 'EUX' }),
    code: 'currency_unknown',
    field: 'data.currency',
  },
  {
    name: 'a negative quantity',
    body: order('negative-quantity', {}, { lines: [line({ qty: -1 })] }),
    code: 'quantity_invalid',
    field: 'data.lines.0.qty',
  },
  {
    name: 'a number above 2^53',
    body: text('large-number', '"minor":1000', '"minor":9007199254740993'),
    code: 'number_too_large',
    field: 'data.lines.0.gross.minor',
  },
  {
    name: 'U+0000',
    body: order('nul', {}, { channel: 'w\u0000b' }),
    code: 'text_not_storable',
    field: 'data.channel',
  },
  {
    name: 'a lone surrogate',
    body: text('surrogate', '"channel":"web"', '"channel":"\\ud800"'),
    code: 'text_not_storable',
    field: 'data.channel',
  },
  {
    name: 'a time without a zone',
    body: order('no-zone', { time: '2026-01-02T03:04:05' }),
    code: 'time_without_zone',
    field: 'time',
  },
  {
    name: 'no time',
    body: order('no-time', { time: undefined }),
    code: 'time_missing',
    field: 'time',
  },
  {
    name: 'the year 9999',
    body: order('year-9999', { time: '9999-12-31T23:59:59Z' }),
    code: 'time_out_of_range',
    field: 'time',
  },
  {
    name: "a decision's class sent as an event",
    body: order('decision', {
      type: 'LedgerOpened',
      objectid: undefined,
      data: { ledgerId: 'x', schemeVersion: 1 },
    }),
    code: 'event_type_is_decision',
    field: 'type',
  },
  {
    name: 'a body of 2 MB',
    body: order('large', {}, { channel: 'x'.repeat(2_000_000) }),
    code: 'body_too_large',
    status: 413,
  },
  {
    name: 'a body of 9 MB',
    body: order('larger', {}, { channel: 'x'.repeat(9_000_000) }),
    code: 'body_too_large',
    status: 413,
  },
  {
    name: 'a batch above the limit',
    body: Array.from({ length: 501 }, (_, index) => order(`batch-${index}`)),
    code: 'batch_too_long',
    status: 413,
  },
];

describe('an event that cannot be understood', () => {
  it.each(badInputs)('because of $name is a problem, and kept', async (input) => {
    const before = await quarantined();
    const answer = await daybook.post('/v1/events', input.body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: `/problems/${input.code}`,
      code: input.code,
      status: answer.status,
      ...(input.field === undefined ? {} : { field: input.field }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    if (input.status !== undefined) expect(answer.status).toBe(input.status);

    const kept = await quarantined();
    expect(kept).toHaveLength(before.length + 1);
    const entry = kept.find(({ digest }) => before.every((each) => each['digest'] !== digest));
    expect(entry).toMatchObject({ code: input.code, field: input.field ?? null, count: 1 });

    await expectGoodEventGoesThrough(`after ${input.name}`);
  });

  it('is counted where it comes again', async () => {
    const bad = order('counted', {}, { currency: 'XXX' });
    for (let time = 0; time < 3; time += 1) await daybook.post('/v1/events', bad);
    const entries = (await quarantined()).filter((each) => each['deliveryId'] === bad['id']);
    expect(entries).toMatchObject([{ source: 'shop', count: 3 }]);
  });

  it('leaves the others of its batch alone', async () => {
    const batch = [
      order('batch-good-1'),
      order('batch-bad', {}, { currency: 'XXX' }),
      5,
      order('batch-good-2'),
    ];
    const answer = await daybook.post('/v1/events', batch);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        outcomes: [
          { outcome: 'recorded', id: 'delivery of batch-good-1', revision: 0 },
          { outcome: 'quarantined', code: 'currency_unknown', field: 'data.currency' },
          { outcome: 'quarantined', id: null, code: 'envelope_invalid' },
          {
            outcome: 'recorded',
            id: 'delivery of batch-good-2',
            leaf: 'order-shop:batch%2Dgood%2D2',
          },
        ],
        position: position(answer),
      },
    });
  });

  it('is explained at the address of its type', async () => {
    for (const { code } of badInputs) {
      const page = await daybook.get(`/problems/${code}`);
      expect(page).toMatchObject({ status: 200, body: expect.stringContaining(code) });
    }
  });
});

describe('a repeated delivery', () => {
  it('is answered with the first outcome', async () => {
    const first = await daybook.post('/v1/events', order('repeated'));
    const second = await daybook.post('/v1/events', order('repeated'));
    expect(first.status).toBe(201);
    expect(second.status).toBe(200);
    expect(second.body).toEqual({ ...(first.body as Fields), outcome: 'repeated' });
    expect(readPositionToken(position(second))).toBeDefined();
  });

  it('under the same id with other bytes is refused and kept', async () => {
    await daybook.post('/v1/events', order('reused'));
    const other = order('reused', {}, { channel: 'phone' });
    const answer = await daybook.post('/v1/events', other);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'delivery_id_reused', field: 'id' },
    });
    expect(await quarantined()).toContainEqual(
      expect.objectContaining({ code: 'delivery_id_reused', deliveryId: other['id'] }),
    );
  });
});

describe('an odd id', () => {
  const ids = [
    '1001/2',
    'a b',
    '%2F',
    'Ä-ö',
    '日本',
    '👩‍👩‍👧',
    "O'Reilly; DROP TABLE",
    '#?&=+',
    'sku:with:colons',
    '-',
    'too long for a stream name '.repeat(30),
  ];

  it.each(ids.map((id) => [id.slice(0, 30), id]))('%s reads back identical', async (_name, id) => {
    const written = await daybook.post('/v1/events', order(id, { id: `odd ${sha256Hex(id)}` }));
    expect(written.status).toBe(201);
    const raw = await readAfter(`/v1/orders/${encodeURIComponent(id)}?account=shop`, written);
    const leaf = leafOf('order', ['shop', id]);
    expect(raw).toMatchObject({ status: 200, body: { leaf } });
    // An id whose leaf had to be shortened is found by it; its words stand in the metadata.
    if (!leaf.includes('~')) expect(raw.body).toMatchObject({ orderId: id });
    const byLeaf = await daybook.get(`/v1/orders/${encodeURIComponent(leaf)}`);
    expect(byLeaf.body).toEqual(raw.body);
  });
});

describe('a read after a write', () => {
  it('sees it, however soon it comes', async () => {
    for (let index = 0; index < 20; index += 1) {
      const written = await daybook.post('/v1/events', order(`read-your-write-${index}`));
      const read = await readAfter(`/v1/orders/read-your-write-${index}?account=shop`, written);
      expect(read).toMatchObject({
        status: 200,
        body: { status: 'captured', orderedMinor: '1000' },
      });
    }
  });

  it('shows the customer in clear, while the stream holds ciphertext', async () => {
    const customer = { name: 'Ada Lovelace', email: 'ada@example.org' };
    const written = await daybook.post('/v1/events', order('personal', {}, { customer }));
    const timeline = await readAfter('/v1/orders/personal/timeline?account=shop', written);
    expect(timeline.body).toMatchObject({ items: [{ type: 'OrderCaptured', data: { customer } }] });
    const stream = await daybook.get(`/v1/streams/order-shop:personal`);
    expect(stream.body).toMatchObject({
      events: [{ data: { customer: { keyId: expect.any(String) } } }],
    });
    expect(JSON.stringify(stream.body)).not.toContain('Lovelace');
  });

  it('refuses a token of another ledger, of another store, and beyond the tail', async () => {
    const written = await daybook.post('/v1/events', order('tokens'));
    const token = readPositionToken(position(written));
    if (token === undefined) throw new Error('There is no token.');
    const ask = (changes: object) => {
      const after = writePositionToken({ ...token, ...changes });
      return daybook.get(`/v1/stats?after=${after}&wait=0`);
    };
    const other = { ...token, ledgerId: '00000000-0000-4000-8000-000000000000' };
    expect(await ask(other)).toMatchObject({
      status: 400,
      body: { code: 'position_token_invalid' },
    });
    const copied = { storeId: '00000000-0000-4000-8000-000000000000' };
    expect(await ask(copied)).toMatchObject({
      status: 400,
      body: { code: 'position_token_invalid' },
    });
    const beyond = { commit: token.commit + 1_000_000n, prepare: token.prepare + 1_000_000n };
    expect(await ask(beyond)).toMatchObject({
      status: 400,
      body: { code: 'position_beyond_tail' },
    });
  });

  it('pages through a list without gap or repeat', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `scan-${index}`);
    const shipment = { source: 'carrier', type: 'ShipmentScanned', account: 'shop' };
    const link = { source: 'shop', type: 'ExternalReferenceAttached', objectid: 'paged-shipment' };
    const reference = { referenceType: 'order', reference: 'order-shop:paged' };
    const written = await daybook.post('/v1/events', [
      order('paged'),
      order('paged-link', {
        ...link,
        subject: 'shipment-shop:paged%2Dshipment',
        data: { object: 'shipment-shop:paged%2Dshipment', ...reference },
      }),
      ...ids.map((id) =>
        order(id, { ...shipment, objectid: 'paged-shipment', data: { code: id, scanId: id } }),
      ),
    ]);
    expect(written.body).toMatchObject({
      outcomes: Array.from({ length: 9 }, () => ({ outcome: 'recorded' })),
    });
    for (const all of [true, false]) {
      const timeline = `/v1/orders/paged/timeline?account=shop&all=${all}`;
      const seen: Fields[] = [];
      let page = await readAfter(`${timeline}&limit=2`, written);
      for (;;) {
        const { items, next } = page.body as { items: Fields[]; next: string | null };
        seen.push(...items);
        if (next === null) break;
        page = await daybook.get(`${timeline}&limit=2&cursor=${next}`);
      }
      if (all) expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(9);
      expect((await daybook.get(timeline)).body).toMatchObject({ items: seen, next: null });
    }
  });
});

describe('a decision', () => {
  const allocation = (sku: string, name: string, qty: number): Fields => ({
    sku,
    node: 'warehouse',
    authority: 'daybook',
    allocation: name,
    lines: [
      {
        line: '1',
        order: 'order-shop:1001',
        orderLine: '1',
        owner: { kind: 'legal_entity', id: 'entity-eu' },
        qty,
        uom: 'piece',
      },
    ],
  });
  const asked = (key: string) => ({ 'daybook-client': 'shop', 'idempotency-key': key });

  it('is taken once, however often its command comes', async () => {
    await daybook.post('/v1/events', received('receipt-once', 'SKU-once', 5));
    const command = allocation('SKU-once', 'once', 3);
    const first = await daybook.post('/v1/allocations', command, asked('once'));
    expect(first).toMatchObject({ status: 201, body: { outcome: 'accepted', repeated: false } });
    const again = await daybook.post('/v1/allocations', command, asked('once'));
    const { eventId } = first.body as Fields;
    expect(again).toMatchObject({ status: 200, body: { outcome: 'accepted', eventId } });
    const stock = await readAfter('/v1/stock/SKU-once', again);
    expect(stock.body).toMatchObject({
      items: [{ onHand: '5', reserved: '3', available: '2' }],
      openReservations: [{ allocation: 'once', open: '3' }],
    });
  });

  it('under a used key with another command is refused', async () => {
    await daybook.post('/v1/events', received('receipt-reuse', 'SKU-reuse', 5));
    await daybook.post('/v1/allocations', allocation('SKU-reuse', 'reuse', 1), asked('reuse'));
    const other = allocation('SKU-reuse', 'reuse', 2);
    const answer = await daybook.post('/v1/allocations', other, asked('reuse'));
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('never promises more than is there, and its refusal is final', async () => {
    await daybook.post('/v1/events', received('receipt-final', 'SKU-final', 1));
    const command = allocation('SKU-final', 'final', 2);
    const refusal = { status: 409, body: { code: 'insufficient_stock', field: 'lines.0.qty' } };
    expect(await daybook.post('/v1/allocations', command, asked('final'))).toMatchObject(refusal);
    await daybook.post('/v1/events', received('receipt-final-2', 'SKU-final', 9));
    expect(await daybook.post('/v1/allocations', command, asked('final'))).toMatchObject(refusal);
    const fresh = await daybook.post('/v1/allocations', command, asked('final-2'));
    expect(fresh.status).toBe(201);
  });

  it('holds against many clients at once', async () => {
    await daybook.post('/v1/events', received('receipt-race', 'SKU-race', 10));
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        daybook.post(
          '/v1/allocations',
          allocation('SKU-race', `race-${index}`, 1),
          asked(`race-${index}`),
        ),
      ),
    );
    const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted);
    expect(withStatus(201)).toHaveLength(10);
    expect(withStatus(409)).toHaveLength(30);
    // Answers come in no order, so every position is waited for before the stock is judged.
    for (const accepted of withStatus(201)) await readAfter('/v1/stock/SKU-race', accepted);
    const stock = await daybook.get('/v1/stock/SKU-race');
    expect(stock.body).toMatchObject({ items: [{ reserved: '10', available: '0' }] });
  });

  it('is given back by a deallocation', async () => {
    await daybook.post('/v1/events', received('receipt-back', 'SKU-back', 5));
    await daybook.post('/v1/allocations', allocation('SKU-back', 'back', 5), asked('back'));
    const answer = await daybook.post(
      '/v1/deallocations',
      {
        sku: 'SKU-back',
        node: 'warehouse',
        authority: 'daybook',
        allocation: 'back',
        deallocation: 'back-1',
        lines: [{ line: '1', qty: 4, uom: 'piece' }],
      },
      asked('back-1'),
    );
    expect(answer.status).toBe(201);
    const stock = await readAfter('/v1/stock/SKU-back', answer);
    expect(stock.body).toMatchObject({ items: [{ reserved: '1', available: '4' }] });
  });

  it('grants a credit up to what the order was sold for', async () => {
    await daybook.post('/v1/events', order('credited'));
    const credit = (memo: string, minor: number) => ({
      order: 'order-shop:credited',
      creditMemo: memo,
      legalEntity: 'entity-eu',
      currency: 'EUR',
      basis: 'goodwill',
      lines: [{ net: eur(minor), tax: eur(0) }],
    });
    const first = await daybook.post('/v1/credits', credit('memo-1', 600), asked('memo-1'));
    expect(first).toMatchObject({ status: 201, body: { leaf: 'order-shop:credited' } });
    const second = await daybook.post('/v1/credits', credit('memo-2', 600), asked('memo-2'));
    expect(second).toMatchObject({ status: 409, body: { code: 'credit_exceeds_order' } });
  });

  it.each([
    ['without a key', { 'daybook-client': 'shop' }, 'header_missing', 'Idempotency-Key'],
    ['of nobody', { 'idempotency-key': 'x' }, 'header_missing', 'Daybook-Client'],
  ])('%s is refused', async (_name, headers, code, field) => {
    const answer = await daybook.post('/v1/allocations', allocation('SKU', 'x', 1), headers);
    expect(answer).toMatchObject({ status: 400, body: { code, field } });
  });

  it.each([
    ['no JSON', '{', 400, 'body_not_json', undefined],
    ['null', 'null', 400, 'parameter_invalid', undefined],
    ['a list', '[]', 400, 'parameter_invalid', undefined],
    [
      'an unknown field',
      { ...allocation('S', 'x', 1), colour: 1 },
      400,
      'parameter_invalid',
      'colour',
    ],
    ['a fraction', allocation('S', 'x', 1.5), 400, 'parameter_invalid', 'lines.0.qty'],
    ['nothing asked for', allocation('S', 'x', 0), 422, 'quantity_invalid', 'lines.0.qty'],
    [
      'a text no store can hold',
      allocation('S', 'nul\u0000', 1),
      400,
      'parameter_invalid',
      'allocation',
    ],
  ])('from %s is refused', async (_name, body, status, code, field) => {
    const answer = await daybook.post('/v1/allocations', body, asked('bad'));
    expect(answer).toMatchObject({ status, body: { code, ...(field ? { field } : {}) } });
  });
});

describe('a web page of another site', () => {
  const sentBy = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${daybook.url}/v1/stats`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end();
    });

  it('can neither ask under its own name nor from its own pages', async () => {
    const { host } = new URL(daybook.url);
    expect(await sentBy({ host })).toBe(200);
    expect(await sentBy({ host: 'localhost:2850', origin: 'http://localhost:5173' })).toBe(200);
    expect(await sentBy({ host: 'rebound.example' })).toBe(403);
    expect(await sentBy({ host, origin: 'https://foreign.example' })).toBe(403);
    expect(await sentBy({ host, origin: 'null' })).toBe(403);
  });
});

describe('what a customer asks for', () => {
  const amount = eur(1_000);
  const capture = (source: string) =>
    order(`asked-capture-${source}`, {
      source,
      account: 'psp',
      type: 'PaymentCaptured',
      objectid: 'pi_asked',
      time: '2026-01-03T00:00:00Z',
      data: {
        tender: 'card',
        amount,
        legalEntity: 'entity-eu',
        capture: 'ch_asked',
        orderRefs: [{ order: 'order-shop:asked', amount }],
        lastFourDigits: '9137',
      },
    });
  const promise = (id: string, promised: string, cause?: string) =>
    order(`asked-promise-${id}`, {
      type: 'PromiseDateSet',
      objectid: 'asked',
      time: `2026-01-0${id}T00:00:00Z`,
      version: id,
      data: { promised, ...(cause === undefined ? {} : { cause }) },
    });
  const contact = order('asked-contact', {
    type: 'CustomerContactReceived',
    objectid: 'asked',
    time: '2026-01-05T00:00:00Z',
    data: { reason: 'where_is_my_order', medium: 'phone', caseId: 'CASE-77' },
  });
  const customer = { name: 'Grace Hopper', email: 'grace@example.org', phone: '+49 30 5550199' };
  const parcel = order('asked-parcel', {
    source: 'carrier',
    type: 'ShipmentScanned',
    objectid: 'lost-parcel',
    data: { code: 'hub', tracking: 'JD 9 1' },
  });
  const odd = order('asked-odd', {
    type: 'ShipmentDispatched',
    objectid: 'asked-too-many',
    data: {
      kind: 'original',
      lines: [{ order: 'order-shop:odd', orderLine: '1', qty: 9 }],
    },
  });
  const timelinePath = '/v1/orders/asked/timeline?account=shop';
  let told: Answer;

  beforeAll(async () => {
    told = await daybook.post('/v1/events', [
      order('asked', {}, { customer }),
      ...['psp', 'shop', 'bank'].map(capture),
      promise('2', '2026-01-04'),
      promise('3', '2026-01-06', 'carrier_delay'),
      parcel,
      order('odd'),
      odd,
    ]);
    // Streams of one batch are written in any order: what is last has to be asked for last.
    told = await daybook.post('/v1/events', contact);
    await readAfter(timelinePath, told);
  });

  it('is told a happening a line, with its other witnesses and what it replaced under it', async () => {
    const { items, zone } = (await daybook.get(timelinePath)).body as {
      items: readonly { type: string; under: readonly Fields[] }[];
      zone: string;
    };
    expect(items.map(({ type, under }) => [type, under.length])).toEqual([
      ['OrderCaptured', 0],
      ['PaymentCaptured', 2],
      ['PromiseDateSet', 1],
      ['CustomerContactReceived', 0],
    ]);
    expect(items[1]).toMatchObject({
      words: 'Paid 10.00 EUR by card',
      customerWords: 'You paid 10.00 EUR by card',
      account: 'psp',
      local: '2026-01-03T00:00:00+00:00',
      under: [{ standing: 'corroborates' }, { standing: 'corroborates' }],
    });
    expect(zone).toBe('UTC');
    const all = (await daybook.get(`${timelinePath}&all=true`)).body as { items: unknown[] };
    expect(all.items).toHaveLength(7);
  });

  it('is told to customers in words for customers and nothing else', async () => {
    const { body } = await daybook.get(`${timelinePath}&audience=customer`);
    expect((body as { items: unknown[] }).items).toEqual([
      expect.objectContaining({ words: 'You ordered 1 item for 10.00 EUR' }),
      expect.objectContaining({ words: 'You paid 10.00 EUR by card' }),
      expect.objectContaining({ words: 'We expect to deliver your order by 2026-01-06' }),
      expect.objectContaining({ words: 'You got in touch with us' }),
    ]);
    expect(JSON.stringify(body)).not.toMatch(/psp|corroborates|Hopper|carrier_delay/);
  });

  it('is told what is new since a sequence, or since the last contact', async () => {
    const { lastContactSequence } = (await daybook.get('/v1/orders/asked?account=shop')).body as {
      lastContactSequence: string;
    };
    const since = await daybook.get(`${timelinePath}&since=${Number(lastContactSequence) - 1}`);
    expect(since.body).toMatchObject({ items: [{ type: 'CustomerContactReceived' }] });
    expect((await daybook.get(`${timelinePath}&since=contact`)).body).toMatchObject({ items: [] });
    const later = await daybook.post('/v1/events', capture('erp'));
    expect((await readAfter(`${timelinePath}&since=contact`, later)).body).toMatchObject({
      items: [{ type: 'PaymentCaptured', under: [{}, {}, {}] }],
    });
  });

  it('is told in a sentence, with the promise, what broke it and who acts next', async () => {
    const path = '/v1/orders/asked?account=shop&clock=2026-01-08';
    expect((await daybook.get(path)).body).toMatchObject({
      told: {
        agent:
          'Nothing is sent yet; the warehouse acts next. The promise of 2026-01-06 is broken. ' +
          'Promised for 2026-01-06 instead of 2026-01-04 (carrier delay).',
        customer:
          'We are preparing your order; it is later than the 2026-01-06 we promised, and we are ' +
          'sorry for it. Before, we had promised 2026-01-04.',
      },
      risks: [{ risk: 'promise_broken', dueAt: '2026-01-06' }],
      promises: [
        { before: null, promised: '2026-01-04' },
        { before: '2026-01-04', promised: '2026-01-06', cause: 'carrier_delay' },
      ],
      tenders: [{ payment: 'payment-psp:pi_asked', capturedMinor: '1000' }],
      lines: [{ units: [{ state: 'ordered', qty: 2 }] }],
    });
    expect((await daybook.get(path.replace('08', '05'))).body).toMatchObject({
      risks: [{ risk: 'promise_at_risk' }],
    });
  });

  it.each([
    ['order-shop:asked', 'order'],
    ['asked', 'order'],
    ['pi_asked', 'payment'],
    ['9137', 'card_digits'],
    ['case-77', 'case'],
    ['Grace@Example.org', 'email'],
    ['+49 30 5550199', 'phone'],
  ])('is found by %s', async (text, kind) => {
    const { body } = await daybook.get(`/v1/search?text=${encodeURIComponent(text)}`);
    expect(body).toMatchObject({
      items: [
        {
          subject: 'order-shop:asked',
          matched: expect.arrayContaining([kind]),
          header: { leaf: 'order-shop:asked', orderedMinor: '1000' },
        },
      ],
      next: null,
    });
  });

  it('is not found by what nobody knows', async () => {
    for (const text of ['nobody@example.org', 'pi_', '%20']) {
      const { body } = await daybook.get(`/v1/search?text=${text}`);
      expect(body).toEqual({ items: [], next: null });
    }
  });

  it('is on the lists that service works through, page by page', async () => {
    const leaves = async (query: string) => {
      const { items } = (await daybook.get(`/v1/orders?${query}&limit=500`)).body as {
        items: readonly { leaf: string }[];
      };
      return items.map(({ leaf }) => leaf);
    };
    expect(await leaves('list=promise-broken&clock=2026-01-07')).toContain('order-shop:asked');
    expect(await leaves('list=promise-broken&clock=2026-01-06')).not.toContain('order-shop:asked');
    expect(await leaves('list=paid-not-shipped')).toContain('order-shop:asked');
    expect(await leaves('list=refund-owed')).not.toContain('order-shop:asked');
    expect(await leaves('status=captured&channel=web')).toContain('order-shop:asked');
    expect(await leaves('nextOwner=carrier')).not.toContain('order-shop:asked');
    const all = await leaves('channel=web');
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = (await daybook.get(`/v1/orders?channel=web&limit=7${cursor}`)).body as {
        items: readonly { leaf: string }[];
        next: string | null;
      };
      paged.push(...page.items.map(({ leaf }) => leaf));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(all.length);
  });

  it('is no orphan, as a parcel without an order is', async () => {
    const orphans = await daybook.get('/v1/orphans?limit=500');
    expect(orphans).toMatchObject({ status: 200, body: { next: null } });
    const { items } = orphans.body as { items: readonly Fields[] };
    expect(items).toContainEqual(
      expect.objectContaining({
        subject: 'shipment-carrier:lost%2Dparcel',
        entries: '1',
        types: ['ShipmentScanned'],
      }),
    );
    expect(items.filter(({ subject }) => subject === 'payment-psp:pi_asked')).toEqual([]);
    const found = await daybook.get('/v1/search?text=jd91');
    expect(found.body).toMatchObject({
      items: [{ subject: 'shipment-carrier:lost%2Dparcel', header: null, matched: ['tracking'] }],
    });
  });

  it('is listed by what is odd about it, and what is odd is counted', async () => {
    const { items } = (await daybook.get('/v1/findings/counts')).body as {
      items: readonly Fields[];
    };
    expect(items).toContainEqual({
      code: 'dispatched_more_than_ordered',
      severity: 'error',
      team: 'operations',
      count: '1',
      orders: '1',
    });
    const listed = await daybook.get('/v1/orders?finding=dispatched_more_than_ordered');
    expect(listed.body).toMatchObject({ items: [{ leaf: 'order-shop:odd' }], next: null });
  });
});

describe('what the API says of itself', () => {
  it('is OpenAPI 3.1 with every route', async () => {
    const { body } = await daybook.get('/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining([
        '/v1/events',
        '/v1/allocations',
        '/v1/deallocations',
        '/v1/credits',
        '/v1/orders',
        '/v1/orders/{id}',
        '/v1/orders/{id}/timeline',
        '/v1/orphans',
        '/v1/search',
        '/v1/findings/counts',
        '/v1/stock/{sku}',
        '/v1/oversold-stock',
        '/v1/entries',
        '/v1/trial-balance',
        '/v1/streams/{stream}',
        '/v1/quarantine',
        '/v1/findings',
        '/v1/stats',
        '/health/live',
        '/health/ready',
      ]),
    );
    expect(await daybook.get('/docs')).toMatchObject({ status: 200 });
  });

  it.each([
    ['/v1/nothing', 404, 'route_not_found'],
    ['/v1/orders/%ZZ', 400, 'parameter_invalid'],
    ['/v1/orders/1001', 400, 'account_required'],
    ['/v1/orders/1001?account=SHOP', 400, 'parameter_invalid'],
    ['/v1/orders?list=all', 400, 'parameter_invalid'],
    ['/v1/orders?status=sent', 400, 'parameter_invalid'],
    ['/v1/orders?nextOwner=courier', 400, 'parameter_invalid'],
    ['/v1/orders?blockedBy=rain', 400, 'parameter_invalid'],
    ['/v1/orders?finding=odd', 400, 'parameter_invalid'],
    ['/v1/findings?code=odd', 400, 'parameter_invalid'],
    ['/v1/projections/diff', 400, 'parameter_invalid'],
    ['/v1/orders?list=promise-broken&clock=May', 400, 'parameter_invalid'],
    ['/v1/orders/1001/timeline?account=shop&since=May', 400, 'parameter_invalid'],
    ['/v1/orders/1001/timeline?account=shop&audience=all', 400, 'parameter_invalid'],
    ['/v1/orders/1001/timeline?account=shop&language=xx', 400, 'parameter_invalid'],
    ['/v1/search', 400, 'parameter_invalid'],
    ['/v1/orders/unheard-of?account=shop', 404, 'order_not_found'],
    ['/v1/orders/unheard-of/timeline?account=shop', 404, 'order_not_found'],
    ['/v1/streams/order-shop:unheard', 404, 'stream_not_found'],
    ['/v1/streams/no%20leaf', 404, 'stream_not_found'],
    ['/v1/stock/%00', 400, 'parameter_invalid'],
    ['/v1/entries?limit=0', 400, 'parameter_invalid'],
    ['/v1/entries?limit=501', 400, 'parameter_invalid'],
    ['/v1/entries?period=2026-13', 400, 'parameter_invalid'],
    ['/v1/entries?cursor=nonsense', 400, 'cursor_invalid'],
    ['/v1/quarantine?cursor=nonsense', 400, 'cursor_invalid'],
    [`/v1/orders?cursor=${cursorOf('EUR', 'much', 'order-shop:1')}`, 400, 'cursor_invalid'],
    [`/v1/orphans?cursor=${cursorOf('\0')}`, 400, 'cursor_invalid'],
    ['/v1/stats?after=nonsense', 400, 'position_token_invalid'],
    ['/v1/stats?wait=30001', 400, 'parameter_invalid'],
    ['/v1/stats?after=a&after=b', 400, 'parameter_invalid'],
  ])('to %s is a problem with a code', async (path, status, code) => {
    expect(await daybook.get(path)).toMatchObject({ status, body: { status, code } });
  });
});

it('a filter that nothing can pass is told with what there is', async () => {
  expect((await daybook.get('/v1/orders?status=sent')).body).toMatchObject({
    detail: expect.stringMatching(/^status must be one of .*dispatched, partly_delivered/),
    field: 'status',
  });
  expect((await daybook.get('/v1/projections/diff?second=1')).body).toMatchObject({
    detail: 'first must be the number of a build; GET /v1/projections lists them.',
    field: 'first',
  });
});

describe('the statistics', () => {
  it('count what was recorded', async () => {
    const written = await daybook.post('/v1/events', order('counted-in-statistics'));
    const { body } = await readAfter('/v1/stats', written);
    const statistics = body as { eventsByType: Record<string, string>; sequence: number };
    const total = Object.values(statistics.eventsByType).reduce(
      (sum, count) => sum + Number(count),
      0,
    );
    expect(statistics.eventsByType['LedgerOpened']).toBe('1');
    expect(total).toBe(statistics.sequence);
    expect(body).toMatchObject({ position: position(written) });
  });
});

describe('a restart', () => {
  it('ends in order and goes on where it was', async () => {
    const customer = { name: 'Grace Hopper' };
    const before = await daybook.post('/v1/events', order('restarted', {}, { customer }));
    expect(await daybook.end()).toBe(0);
    daybook = await startRunningDaybook({ dataDirectory: daybook.dataDirectory });
    const again = await daybook.post('/v1/events', order('restarted', {}, { customer }));
    const { eventId } = before.body as Fields;
    expect(again).toMatchObject({ status: 200, body: { outcome: 'repeated', eventId } });
    const timeline = await readAfter('/v1/orders/restarted/timeline?account=shop', before);
    expect(timeline.body).toMatchObject({ items: [{ eventId, data: { customer } }] });
  });
});
