import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keptPrefixBytesMax } from '../requests/request-body.js';
import {
  batchEventsMax,
  type Delivered,
  identityOf,
  oversizedRecord,
  readDelivered,
} from './delivered-records.js';

const delivered = (text: string | Buffer): Delivered =>
  readDelivered({ outcome: 'read', bytes: Buffer.from(text) });

describe('a delivered body', () => {
  it('that is an object is one record with the very bytes that came', () => {
    const text = '{ "id":"1",\n "source": "shop" }';
    const single = delivered(text);
    expect(single).toMatchObject({ outcome: 'single', record: { value: { id: '1' } } });
    expect(single.outcome === 'single' && single.record.rawBody.toString()).toBe(text);
  });

  it('that is an array is split into records with canonical bytes of their own', () => {
    const batch = delivered('[{"b":1,"a":2}, {"a":2,"b":1}, 5]');
    if (batch.outcome !== 'batch') throw new Error(batch.outcome);
    expect(batch.records.map(({ rawBody }) => rawBody.toString())).toEqual([
      '{"a":2,"b":1}',
      '{"a":2,"b":1}',
      '5',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"id":'],
    ['two objects', '{}{}'],
    ['an object that names a member twice', '{"id":"1:2","a":[{"x":{}}], "\\u0069d" :"1"}'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('that is %s is no JSON', (_name, body) => {
    expect(delivered(body)).toMatchObject({ outcome: 'refused', code: 'body_not_json' });
  });

  it('that would exhaust the stack is refused before it is walked', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(delivered(deep)).toMatchObject({ outcome: 'refused', code: 'body_nested_too_deep' });
    expect(delivered(`"${'['.repeat(100)}\\"["`).outcome).toBe('single');
  });

  it('that is too large is known by its digest and its beginning', () => {
    const large = Buffer.from(JSON.stringify({ id: 'x'.repeat(2 * 1_024 * 1_024) }));
    const refused = delivered(large);
    if (refused.outcome !== 'refused') throw new Error(refused.outcome);
    expect(refused.code).toBe('body_too_large');
    expect(refused.message).toContain(createHash('sha256').update(large).digest('hex'));
    expect(refused.kept).toEqual(large.subarray(0, keptPrefixBytesMax));
  });

  it('that is a batch above the limit is refused whole', () => {
    const events = Array.from({ length: batchEventsMax + 1 }, (_, id) => ({ id }));
    expect(delivered(JSON.stringify(events))).toMatchObject({ code: 'batch_too_long' });
    expect(delivered(JSON.stringify(events.slice(1))).outcome).toBe('batch');
  });

  it('that is a batch may hold a record that is too large for an event', () => {
    const batch = delivered(JSON.stringify([{ id: 'x'.repeat(1_100_000) }, { id: 'y' }]));
    if (batch.outcome !== 'batch') throw new Error(batch.outcome);
    const codes = batch.records.map((record) => oversizedRecord(record)?.code);
    expect(codes).toEqual(['body_too_large', undefined]);
  });
});

describe('the identity of a record that was not understood', () => {
  it('is what it says where that can be kept', () => {
    const identity = identityOf({ source: 'shop', id: 'Ä 1' });
    expect(identity).toEqual({ source: 'shop', deliveryId: 'Ä 1' });
  });

  it.each([
    [null],
    [5],
    [{ source: 'Shop A', id: 7 }],
    [{ id: 'nul\u0000' }],
    [{ id: '\ud800' }],
    [{ id: '' }],
  ])('of %j is none', (value) => {
    expect(identityOf(value)).toEqual({ source: 'unidentified', deliveryId: null });
  });
});
