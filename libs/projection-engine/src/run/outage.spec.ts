import { EventStoreUnavailableError } from '#event-store';
import { describe, expect, it } from 'vitest';
import { isOutage } from './outage.js';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('an outage', () => {
  it.each([
    withCode('ECONNREFUSED'),
    withCode('ECONNRESET'),
    withCode('57P01'),
    withCode('57P03'),
    withCode('08006'),
    withCode('25P03'),
    withCode('53300'),
    withCode('40001'),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('timeout exceeded when trying to connect'),
    new EventStoreUnavailableError('away'),
    new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]),
  ])('is %s', (error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([withCode('23505'), withCode('42P01'), withCode('P0001'), new Error('broken'), 'text'])(
    'is not %s',
    (error) => {
      expect(isOutage(error)).toBe(false);
    },
  );
});
