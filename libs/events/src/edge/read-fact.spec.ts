import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWellFormedText } from '#kernel';
import {
  checkParts,
  eventBytesMax,
  factIdOf,
  factRefusals,
  isFactRefusal,
  linesPerEventMax,
  objectPartsOf,
  readDecisionData,
  readFact,
} from '../index.js';

const zoneOf = (account: string) => (account === 'pos_berlin' ? 'Europe/Berlin' : undefined);
const read = (event: unknown) => readFact(event, { zoneOf });
const euro = (minor: number) => ({ minor, currency: 'EUR' });

const owner = { kind: 'legal_entity', id: 'de01' };
const goods = {
  line: '1',
  kind: 'goods',
  sku: 'A-1',
  qty: 2,
  uom: 'piece',
  gross: euro(2_000),
  discount: euro(0),
  taxes: [{ amount: euro(380), liable: 'seller' }],
};
const order = {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c_1' },
  channel: 'web',
  lines: [goods],
};
const received = {
  owner,
  qty: 5,
  uom: 'piece',
  cause: 'purchase',
  bucket: 'sellable',
  receipt: 'gr_1',
  line: '1',
};

type Changes = Readonly<Record<string, unknown>>;

const orderEvent = (changes: Changes = {}, dataChanges: Changes = {}) => ({
  specversion: '1.0',
  id: 'd_1',
  source: 'shop_eu',
  type: 'OrderCaptured',
  objectid: '1001',
  time: '2026-11-01T10:00:00+01:00',
  data: { ...order, ...dataChanges },
  ...changes,
});
const stockEvent = (changes: Changes = {}) => ({
  specversion: '1.0',
  id: 'd_2',
  source: 'wms_1',
  type: 'StockReceived',
  sku: 'A-1',
  node: 'dc1',
  time: '2026-11-01T10:00:00Z',
  data: received,
  ...changes,
});

function understood(event: unknown) {
  const reading = read(event);
  if (isFactRefusal(reading)) throw new Error(`${reading.code}: ${reading.message}`);
  return reading;
}

describe('an event that is understood', () => {
  it('becomes a fact whose id follows from what it says', () => {
    const { fact, eventId, leaf, sourceOffset } = understood(orderEvent());
    expect(fact).toEqual({
      type: 'OrderCaptured',
      eventId,
      leaf: 'order-shop_eu:1001',
      kind: 'fact',
      account: 'shop_eu',
      occurrence: {
        occurredAt: '2026-11-01T09:00:00.000Z',
        precision: 'instant',
        notBefore: null,
        notAfter: null,
      },
      version: null,
      transaction: null,
      data: order,
    });
    expect({ leaf, sourceOffset }).toEqual({ leaf: fact.leaf, sourceOffset: '+01:00' });
    expect(eventId).toBe(factIdOf(fact));
  });
  it('is plain, frozen to the last member, and no copy of what was sent', () => {
    const sent = orderEvent();
    const { data } = understood(sent).fact;
    const [line] = (data as typeof order).lines;
    expect(Object.getPrototypeOf(line)).toBe(Object.prototype);
    expect([data, line, line?.gross, line?.taxes].every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(sent.data.lines[0])).toBe(false);
    expect(data).not.toBe(sent.data);
  });
  it('says the same with its members in another order, and with nulls for what is absent', () => {
    const { eventId } = understood(orderEvent());
    const turned = Object.fromEntries(Object.entries(orderEvent()).toReversed());
    const data = { customer: null, ...order, lines: [{ unitPrice: null, ...goods }] };
    expect(understood(turned).eventId).toBe(eventId);
    expect(understood({ ...turned, data, actor: null, version: null }).eventId).toBe(eventId);
    expect(understood({ ...turned, data }).fact.data).toEqual(order);
  });
  it('keeps a null that means that the source does not know', () => {
    const data = {
      tender: 'card',
      amount: euro(1),
      legalEntity: 'de01',
      capture: '',
      orderRefs: null,
    };
    const event = orderEvent({ type: 'PaymentCaptured', data, transaction: 't_1' });
    expect(understood(event).fact).toMatchObject({ data: { orderRefs: null }, transaction: 't_1' });
  });
  it('takes what CloudEvents adds of its own', () => {
    const event = orderEvent({
      datacontenttype: 'application/json; charset=utf-8',
      dataschema: 'urn:daybook:event:OrderCaptured:1',
    });
    expect(read(event).outcome).toBe('understood');
  });
  it('hands on what the source says of who acted, without letting it into the id', () => {
    const reading = understood(orderEvent({ actor: 'role:clerk' }));
    expect(reading.actor).toBe('role:clerk');
    expect(reading.eventId).toBe(understood(orderEvent()).eventId);
  });
  it('takes a version as a number or as digits for the same', () => {
    const ids = ['7', 7].map((version) => understood(orderEvent({ version })).eventId);
    expect(ids[0]).toBe(ids[1]);
    expect(understood(orderEvent({ version: 7 })).fact.version).toBe('7');
  });
});

describe('the thing an event is about', () => {
  it('is named by its leaf or by its raw ids, which mean the same', () => {
    const { objectid: _objectid, ...named } = orderEvent({ subject: 'order-shop_eu:1001' });
    expect(understood(named).eventId).toBe(understood(orderEvent()).eventId);
    expect(understood(orderEvent({ subject: 'order-shop_eu:1001' })).leaf).toBe(
      'order-shop_eu:1001',
    );
  });
  it('carries the account that issued its id, whoever reports', () => {
    const event = orderEvent({ source: 'oms', account: 'shop_eu' });
    expect(understood(event).fact).toMatchObject({ account: 'oms', leaf: 'order-shop_eu:1001' });
  });
  it('is the item its data names', () => {
    const cost = { decimal: '1.25', currency: 'EUR' };
    const data = { legalEntity: 'de01', sku: 'A/1', uom: 'piece', cost, validFrom: '2026-01-01' };
    const { objectid: _objectid, ...event } = orderEvent({ type: 'ItemCostSet', data });
    expect(understood(event).leaf).toBe('item-de01:A%2F1');
  });
  it.each([
    ['a slash', 'A/1001'],
    ['a dash', 'A-1001'],
    ['quotes', `"A" 'B'`],
    ['an emoji', '😀-1'],
    ['a colon and a percent sign', 'a:b%20'],
    ['a tilde', ':~'],
    ['300 letters', 'x'.repeat(300)],
    ['300 emojis', '😀'.repeat(300)],
  ])('is read back as it was written: %s', (_what, id) => {
    const orderReading = understood(orderEvent({ objectid: id }));
    expect(objectPartsOf(orderReading.leaf, orderReading)).toEqual(['shop_eu', id]);
    const stockReading = understood(stockEvent({ sku: id }));
    expect(objectPartsOf(stockReading.leaf, stockReading.fact)).toEqual([id, 'dc1']);
  });
  it('may have an id of 1,000 letters, since it stands in the leaf alone', () => {
    const id = 'x'.repeat(1_000);
    const reading = understood(orderEvent({ objectid: id }));
    expect(objectPartsOf(reading.leaf, reading)).toEqual(['shop_eu', id]);
  });
  it('keeps raw ids beside the leaf only where the leaf was shortened', () => {
    expect(understood(orderEvent()).objectParts).toBeUndefined();
    const id = '😀'.repeat(300);
    expect(understood(orderEvent({ objectid: id })).objectParts).toEqual(['shop_eu', id]);
  });
});

describe('the time of an event', () => {
  const timed = (changes: Changes) => understood(orderEvent(changes)).fact.occurrence;
  it('is read in the declared zone of an account whose times have none', () => {
    expect(timed({ source: 'pos_berlin', time: '2026-07-01 10:00:00' }).occurredAt).toBe(
      '2026-07-01T08:00:00.000Z',
    );
  });
  it('is a day where that is all that is known', () => {
    expect(timed({ time: '2026-07-01', precision: 'date' })).toEqual({
      occurredAt: '2026-07-01',
      precision: 'date',
      notBefore: null,
      notAfter: null,
    });
  });
  it('is unknown where the source says so, with the bounds that are implied', () => {
    const bounds = { notbefore: '2026-07-01T00:00:00Z', notafter: '2026-07-02T00:00:00+02:00' };
    expect(timed({ time: null, precision: 'unknown', ...bounds })).toEqual({
      occurredAt: null,
      precision: 'unknown',
      notBefore: '2026-07-01T00:00:00.000Z',
      notAfter: '2026-07-01T22:00:00.000Z',
    });
  });
});

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

const refusals: readonly (readonly [what: string, event: unknown, code: string, field: string])[] =
  [
    ['a text', 'event', 'envelope_invalid', 'event'],
    ['a list', [], 'envelope_invalid', 'event'],
    [
      'another version of CloudEvents',
      orderEvent({ specversion: '0.3' }),
      'envelope_invalid',
      'specversion',
    ],
    ['no delivery id', orderEvent({ id: '' }), 'envelope_invalid', 'id'],
    [
      'a source that is no account',
      orderEvent({ source: 'Shop EU' }),
      'envelope_invalid',
      'source',
    ],
    ['a type that is no text', orderEvent({ type: 7 }), 'envelope_invalid', 'type'],
    [
      'an attribute nobody knows',
      orderEvent({ traceparent: 'x' }),
      'envelope_invalid',
      'traceparent',
    ],
    ['data as bytes', orderEvent({ data_base64: 'AA==' }), 'envelope_invalid', 'data_base64'],
    [
      'data that is no JSON',
      orderEvent({ datacontenttype: 'text/xml' }),
      'envelope_invalid',
      'datacontenttype',
    ],
    ['a number for an id', orderEvent({ objectid: 1001 }), 'envelope_invalid', 'objectid'],
    ['an empty id', orderEvent({ objectid: '' }), 'envelope_invalid', 'objectid'],
    ['a sku for an order', orderEvent({ sku: 'A' }), 'envelope_invalid', 'sku'],
    [
      'an issuing account that is none',
      orderEvent({ account: 'EU!' }),
      'envelope_invalid',
      'account',
    ],
    ['a type nobody knows', orderEvent({ type: 'OrderExploded' }), 'event_type_unknown', 'type'],
    ['a type from the prototype', orderEvent({ type: 'toString' }), 'event_type_unknown', 'type'],
    ['a decision', orderEvent({ type: 'LedgerOpened' }), 'event_type_is_decision', 'type'],
    ['no data', orderEvent({ data: null }), 'field_missing', 'data'],
    ['data that is a list', orderEvent({ data: [] }), 'field_invalid', 'data'],
    ['a missing field', orderEvent({}, { channel: undefined }), 'field_missing', 'data.channel'],
    [
      'a null for a required field',
      orderEvent({}, { channel: null }),
      'field_missing',
      'data.channel',
    ],
    [
      'a missing field of a part',
      orderEvent({}, { debtor: { kind: 'customer' } }),
      'field_missing',
      'data.debtor.id',
    ],
    [
      'a missing amount',
      orderEvent({}, { lines: [{ ...goods, gross: { currency: 'EUR' } }] }),
      'field_missing',
      'data.lines.0.gross.minor',
    ],
    ['a field nobody knows', orderEvent({}, { chanel: 'web' }), 'field_unknown', 'data.chanel'],
    [
      'a field nobody knows in a line',
      orderEvent({}, { lines: [goods, { ...goods, colour: 'red' }] }),
      'field_unknown',
      'data.lines.1.colour',
    ],
    [
      'a member nobody knows in an amount',
      orderEvent({}, { lines: [{ ...goods, gross: { ...euro(1), cents: 1 } }] }),
      'field_unknown',
      'data.lines.0.gross.cents',
    ],
    [
      'the name __proto__',
      JSON.parse(JSON.stringify(orderEvent()).replace('"channel"', '"__proto__"')),
      'field_unknown',
      'data.__proto__',
    ],
    [
      'the name constructor',
      orderEvent({}, { constructor: {} }),
      'field_unknown',
      'data.constructor',
    ],
    ['a number for a text', orderEvent({}, { channel: 7 }), 'field_invalid', 'data.channel'],
    ['a text for a list', orderEvent({}, { lines: 'many' }), 'field_invalid', 'data.lines'],
    [
      'an object for a list',
      orderEvent({}, { lines: { 0: goods } }),
      'field_invalid',
      'data.lines',
    ],
    ['a list for a line', orderEvent({}, { lines: [[goods]] }), 'field_invalid', 'data.lines.0'],
    [
      'a null for a line',
      orderEvent({}, { lines: [goods, null] }),
      'field_invalid',
      'data.lines.1',
    ],
    [
      'a list for a part',
      orderEvent({}, { debtor: [order.debtor] }),
      'field_invalid',
      'data.debtor',
    ],
    [
      'a negative amount',
      orderEvent({}, { lines: [{ ...goods, gross: euro(-1) }] }),
      'field_invalid',
      'data.lines.0.gross.minor',
    ],
    [
      'half a cent',
      orderEvent({}, { lines: [{ ...goods, gross: euro(0.5) }] }),
      'field_invalid',
      'data.lines.0.gross.minor',
    ],
    [
      'an amount as text',
      orderEvent({}, { lines: [{ ...goods, gross: { minor: '1', currency: 'EUR' } }] }),
      'field_invalid',
      'data.lines.0.gross.minor',
    ],
    [
      'goods without a sku',
      orderEvent({}, { lines: [{ ...goods, sku: null }] }),
      'field_invalid',
      'data.lines.0.sku',
    ],
    [
      'the same line twice',
      orderEvent({}, { lines: [goods, goods] }),
      'field_invalid',
      'data.lines.1.line',
    ],
    [
      'an amount in another currency',
      orderEvent({}, { currency: 'USD' }),
      'field_invalid',
      'data.lines.0',
    ],
    [
      'a text of 1,001 characters for an id',
      orderEvent({}, { channel: 'x'.repeat(1_001) }),
      'field_invalid',
      'data.channel',
    ],
    [
      'nesting without end',
      orderEvent({}, { channel: deep(100_000) }),
      'field_invalid',
      `data.channel${'.0'.repeat(30)}`,
    ],
    [
      'a currency nobody knows',
      orderEvent({}, { currency: 'EURO' }),
      'currency_unknown',
      'data.currency',
    ],
    [
      'a currency in small letters',
      orderEvent({}, { lines: [{ ...goods, discount: { minor: 0, currency: 'eur' } }] }),
      'currency_unknown',
      'data.lines.0.discount.currency',
    ],
    [
      'no units',
      orderEvent({}, { lines: [{ ...goods, qty: 0 }] }),
      'quantity_invalid',
      'data.lines.0.qty',
    ],
    [
      'half a unit',
      orderEvent({}, { lines: [{ ...goods, qty: 0.5 }] }),
      'quantity_invalid',
      'data.lines.0.qty',
    ],
    [
      'units as text',
      orderEvent({}, { lines: [{ ...goods, qty: '1' }] }),
      'quantity_invalid',
      'data.lines.0.qty',
    ],
    [
      'a number that JSON rounded',
      JSON.parse(JSON.stringify(orderEvent()).replace('"minor":2000', '"minor":9007199254740993')),
      'number_too_large',
      'data.lines.0.gross.minor',
    ],
    ['a number beyond all', JSON.parse('{"data":{"qty":-1e999}}'), 'number_too_large', 'data.qty'],
    [
      'a rounded number among the attributes',
      orderEvent({ version: 2 ** 60 }),
      'number_too_large',
      'version',
    ],
    [
      'U+0000 in a text',
      orderEvent({}, { channel: 'we\u0000b' }),
      'text_not_storable',
      'data.channel',
    ],
    ['half a pair in a text', orderEvent({ objectid: '\udc00' }), 'text_not_storable', 'objectid'],
    ['U+0000 in a name', orderEvent({}, { '\u0000a': 1 }), 'text_not_storable', 'data."\\u0000a"'],
    [
      'U+0000 in a leaf',
      orderEvent({ objectid: null, subject: 'order-shop_eu:%00' }),
      'leaf_invalid',
      'subject',
    ],
    [
      'too much data',
      orderEvent({}, { channel: 'x'.repeat(eventBytesMax) }),
      'event_too_large',
      'data',
    ],
    [
      'personal data too large once it is sealed',
      orderEvent({}, { customer: { name: 'x'.repeat(eventBytesMax * 0.8) } }),
      'event_too_large',
      'data',
    ],
    [
      'a transaction too long for the metadata',
      orderEvent({ transaction: '😀'.repeat(500) }),
      'metadata_too_large',
      'transaction',
    ],
    [
      'an id too long for the metadata',
      orderEvent({ objectid: '東'.repeat(800) }),
      'metadata_too_large',
      'objectid',
    ],
    [
      'too many lines',
      orderEvent({}, { lines: Array.from({ length: linesPerEventMax + 1 }, () => 1) }),
      'too_many_lines',
      'data.lines',
    ],
    ['no time', orderEvent({ time: null }), 'time_missing', 'time'],
    ['no day', orderEvent({ time: null, precision: 'date' }), 'time_missing', 'time'],
    [
      'a time nobody can place',
      orderEvent({ time: '2026-11-01T10:00:00' }),
      'time_without_zone',
      'time',
    ],
    [
      'a bound nobody can place',
      orderEvent({ notafter: '2026-11-01T10:00:00' }),
      'time_without_zone',
      'notafter',
    ],
    ['a year long past', orderEvent({ time: '1989-12-31T23:59:59Z' }), 'time_out_of_range', 'time'],
    [
      'a year far off',
      orderEvent({ time: '2201-01-01', precision: 'date' }),
      'time_out_of_range',
      'time',
    ],
    ['the year zero', orderEvent({ time: '0000-11-01T10:00:00Z' }), 'time_out_of_range', 'time'],
    ['no time at all', orderEvent({ time: 'yesterday' }), 'time_invalid', 'time'],
    [
      'the thirtieth of February',
      orderEvent({ time: '2026-02-30T10:00:00Z' }),
      'time_invalid',
      'time',
    ],
    ['a day for an instant', orderEvent({ time: '2026-11-01' }), 'time_invalid', 'time'],
    ['an instant for a day', orderEvent({ precision: 'date' }), 'time_invalid', 'time'],
    ['a time that is unknown', orderEvent({ precision: 'unknown' }), 'time_invalid', 'time'],
    ['a precision nobody knows', orderEvent({ precision: 'hour' }), 'time_invalid', 'precision'],
    [
      'bounds the wrong way round',
      orderEvent({ notbefore: '2026-11-02T00:00:00Z', notafter: '2026-11-01T00:00:00Z' }),
      'time_invalid',
      'notafter',
    ],
    ['a version where none is taken', stockEvent({ version: '1' }), 'version_not_taken', 'version'],
    ['a version with a dot', orderEvent({ version: '1.0' }), 'version_invalid', 'version'],
    ['a negative version', orderEvent({ version: -1 }), 'version_invalid', 'version'],
    ['an empty version', orderEvent({ version: '' }), 'version_invalid', 'version'],
    ['no thing at all', orderEvent({ objectid: null }), 'leaf_invalid', 'subject'],
    [
      'a leaf that is none',
      orderEvent({ objectid: null, subject: '1001' }),
      'leaf_invalid',
      'subject',
    ],
    [
      'a leaf without an account',
      orderEvent({ objectid: null, subject: 'order-1001' }),
      'leaf_invalid',
      'subject',
    ],
    [
      'a leaf whose account is none',
      orderEvent({ objectid: null, subject: 'order-Shop:1001' }),
      'leaf_invalid',
      'subject',
    ],
    [
      'a shortened leaf alone',
      orderEvent({
        objectid: null,
        subject: `order-${`shop_eu:${'x'.repeat(300)}`.slice(0, 300)}:~${'0'.repeat(64)}`,
      }),
      'leaf_invalid',
      'subject',
    ],
    ['a sku without its node', stockEvent({ node: null }), 'leaf_invalid', 'node'],
    [
      'a raw id where only a leaf can tell',
      orderEvent({
        type: 'EventCorrected',
        data: {
          target: { leaf: 'order-shop_eu:1001', eventId: 'e', type: 'OrderCaptured' },
          correction: 'c',
          reason: 'incorrect_data',
        },
      }),
      'leaf_invalid',
      'subject',
    ],
    [
      'a leaf of the wrong kind',
      orderEvent({ objectid: null, subject: 'payment-shop_eu:1001' }),
      'leaf_category_wrong',
      'subject',
    ],
    [
      'a reference of the wrong kind',
      stockEvent({ data: { ...received, returnRef: 'order-shop_eu:1' } }),
      'leaf_category_wrong',
      'data.returnRef',
    ],
    [
      'a reference that is none',
      stockEvent({ data: { ...received, returnRef: 'ret_1' } }),
      'leaf_invalid',
      'data.returnRef',
    ],
    [
      'a leaf and an id of two things',
      orderEvent({ subject: 'order-shop_eu:1002' }),
      'leaf_disagrees',
      'subject',
    ],
    [
      'a leaf and an account of two things',
      orderEvent({ objectid: null, account: 'shop_us', subject: 'order-shop_eu:1001' }),
      'leaf_disagrees',
      'account',
    ],
  ];

describe('an event that is not understood', () => {
  it.each(refusals)('for %s', (_what, event, code, field) => {
    const reading = read(event);
    expect(reading).toMatchObject({ outcome: 'refused', code, field });
    expect(isFactRefusal(reading) && reading.message).toMatch(/^\S.{5,400}\.$/s);
  });
  it('is refused for every reason the registry knows', () => {
    expect(new Set(refusals.map(([, , code]) => code))).toEqual(new Set(Object.keys(factRefusals)));
  });
  it('is told of nothing that was in a personal field', () => {
    const reading = read(orderEvent({}, { customer: { name: 7, email: 'ada@example.org' } }));
    expect(reading).toMatchObject({ code: 'field_invalid', field: 'data.customer.name' });
    expect(JSON.stringify(reading)).not.toContain('ada@');
  });
});

/** A copy of a JSON value with something else at one of its places. */
function withOther(value: unknown, path: readonly number[], other: unknown): unknown {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const index = entries.length === 0 ? 0 : at % entries.length;
  const changed = entries.map(([name, member], place) => [
    name,
    place === index ? withOther(member, rest, other) : (member as unknown),
  ]);
  return Array.isArray(value)
    ? changed.map(([, member]) => member)
    : Object.fromEntries(changed as [string, unknown][]);
}

describe('whatever is sent', () => {
  const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 50_000 : 1_000;
  const paths = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 });
  it('is understood or refused by name, in text that can be stored, and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(orderEvent(), stockEvent()),
        paths,
        fc.jsonValue({ stringUnit: 'binary' }),
        (event, path, other) => {
          const reading = read(withOther(event, path, other));
          if (!isFactRefusal(reading)) {
            expect(JSON.parse(JSON.stringify(reading.fact.data))).toEqual(reading.fact.data);
            expect(factIdOf(reading.fact)).toBe(reading.eventId);
            return;
          }
          expect(Object.keys(factRefusals)).toContain(reading.code);
          expect(isWellFormedText(reading.field + reading.message)).toBe(true);
          expect(reading.field.length + reading.message.length).toBeLessThan(3_000);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('the data of a decision', () => {
  const allocation = {
    authority: 'oms',
    allocation: 'al_1',
    line: '1',
    order: 'order-shop_eu:1001',
    orderLine: '1',
    owner,
    qty: 1,
    uom: 'piece',
  };
  it('is read by the rules of its class', () => {
    expect(readDecisionData('StockAllocated', allocation)).toEqual({
      outcome: 'understood',
      data: allocation,
    });
    expect(readDecisionData('StockAllocated', { ...allocation, qty: 0 })).toMatchObject({
      code: 'quantity_invalid',
      field: 'data.qty',
    });
    expect(readDecisionData('StockAllocated', { ...allocation, uom: '\u0000' })).toMatchObject({
      code: 'text_not_storable',
      field: 'data.uom',
    });
  });
  it('is checked across fields once it is known what it is about', () => {
    const { fact } = understood(orderEvent());
    expect(checkParts(fact)).toBeUndefined();
    expect(checkParts({ ...fact, data: { ...order, currency: 'USD' } })).toMatchObject({
      code: 'field_invalid',
      field: 'data.lines.0',
    });
  });
});
