import { describe, expect, it } from 'vitest';
import { defineEvent, type EventDefinition } from './event-definition.js';
import { definitionOf } from './registry.js';
import { dataInNewestVersion } from './upcasting.js';

const { type: _type, ...promised } = definitionOf('PromiseDateSet');

/** First `day`, then `promised`, then `promised` with a `line`. */
const upcasters = [
  ({ day, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, promised: day }),
  (data: Readonly<Record<string, unknown>>) => ({ ...data, line: 'all' }),
];

const inVersion = (schemaVersion: number, chain?: EventDefinition['upcasters']) =>
  defineEvent({
    ...promised,
    type: 'PromiseRevised',
    schemaVersion,
    ...(chain === undefined ? {} : { upcasters: chain }),
  });

describe('an event class in a later version', () => {
  it.each([
    [1, { day: '2026-03-08', cause: 'stock' }],
    [2, { promised: '2026-03-08', cause: 'stock' }],
    [3, { promised: '2026-03-08', cause: 'stock', line: 'all' }],
  ])('is read from version %i through every version between', (version, data) => {
    expect(dataInNewestVersion(inVersion(3, upcasters), version, data)).toEqual({
      promised: '2026-03-08',
      cause: 'stock',
      line: 'all',
    });
  });
  it('leaves what is stored as it is', () => {
    const stored = Object.freeze({ day: '2026-03-08' });
    dataInNewestVersion(inVersion(3, upcasters), 1, stored);
    expect(stored).toEqual({ day: '2026-03-08' });
  });
  it.each([0, 4, 1.5, '1', undefined, null])('is not read from the version %s', (version) => {
    expect(dataInNewestVersion(inVersion(3, upcasters), version, {})).toBeUndefined();
  });
  it.each([
    [2, undefined],
    [3, upcasters.slice(1)],
    [1, upcasters],
  ])('does not start in version %i where its chain has a gap', (version, chain) => {
    expect(() => inVersion(version, chain)).toThrow(/PromiseRevised is in version \d and has/);
  });
});
