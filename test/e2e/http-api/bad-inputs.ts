import { line, order } from './shared-api.js';

export interface BadInput {
  readonly name: string;
  readonly body: unknown;
  readonly code: string;
  readonly field?: string;
  readonly status?: number;
}

const text = (id: string, replaced: string, by: string): string =>
  JSON.stringify(order(id)).replace(replaced, by);

export const badInputs: readonly BadInput[] = [
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
