import { describe, expect, it } from 'vitest';

import { appendDataBytesMax, prepareAppend } from './append-request.js';
import type { EventToAppend } from './port.js';

const eventOf = (overrides: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: '11111111-1111-4111-8111-111111111111',
  type: 'OrderCaptured',
  data: {},
  metadata: {},
  ...overrides,
});
/** Data whose JSON is exactly so many bytes: `{"t":"…"}` is eight bytes around the text. */
const dataOf = (bytes: number): object => ({ t: 'x'.repeat(bytes - 8) });

describe('an append before it is sent', () => {
  it.each([
    ['no stream', '', [eventOf()], 'name_empty'],
    ['a stream of the store itself', '$settings', [eventOf()], 'stream_protected'],
    ['the metadata of a stream', '$$daybook.order-1', [eventOf()], 'stream_protected'],
    ['no events', 'daybook.order-1', [], 'append_empty'],
    [
      'an event without a type',
      'daybook.order-1',
      [eventOf(), eventOf({ type: '' })],
      'name_empty',
    ],
  ])('is refused with %s', (_, stream, events, code) => {
    expect(prepareAppend({ stream, expectedRevision: 'no_stream', events })).toMatchObject({
      outcome: 'refused',
      code,
    });
  });

  it.each([
    [[appendDataBytesMax], true],
    [[appendDataBytesMax + 1], false],
    [[appendDataBytesMax / 2, appendDataBytesMax / 2], true],
    [[appendDataBytesMax / 2, appendDataBytesMax / 2 + 1], false],
  ])('with events of %j bytes of data fits: %s', (sizes, fits) => {
    const events = sizes.map((bytes) =>
      eventOf({ data: dataOf(bytes), metadata: { note: 'y'.repeat(2_000) } }),
    );
    const prepared = prepareAppend({ stream: 's', expectedRevision: 'no_stream', events });
    expect('outcome' in prepared ? prepared.code : 'fits').toBe(fits ? 'fits' : 'append_too_large');
  });

  it('counts bytes, not characters', () => {
    const event = eventOf({ data: { t: 'ü'.repeat(appendDataBytesMax / 2) } });
    expect(
      prepareAppend({ stream: 's', expectedRevision: 'no_stream', events: [event] }),
    ).toMatchObject({ code: 'append_too_large' });
  });

  it.each([
    ['no_stream' as const, 2, 1],
    [0, 1, 1],
    [41, 3, 44],
  ])('at %s with %i events ends at revision %i', (expectedRevision, count, revisionAfter) => {
    const events = Array.from({ length: count }, () => eventOf());
    expect(prepareAppend({ stream: 's', expectedRevision, events })).toMatchObject({
      revisionAfter,
    });
  });
});
