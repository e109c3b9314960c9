import { describe, expect, it } from 'vitest';
import { hasMoved } from './served-stores.js';

const stores = {
  eventStoreUrl: 'esdb://configured:2113',
  databaseUrl: 'postgres://told:5432',
  servedFrom: 'data',
  told: ['databaseUrl'],
} as const;

describe('the stores of a projector', () => {
  it('have moved where the Daybook that told of one has it elsewhere now', () => {
    const now = { eventStoreUrl: stores.eventStoreUrl, databaseUrl: 'postgres://told:6543' };
    expect(hasMoved(stores, now)).toBe(true);
  });

  it('have not where one that is configured differs from the Daybook’s', () => {
    const now = { eventStoreUrl: 'esdb://embedded:4000', databaseUrl: stores.databaseUrl };
    expect(hasMoved(stores, now)).toBe(false);
  });
});
