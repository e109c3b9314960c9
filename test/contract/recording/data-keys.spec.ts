import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasedMark, isSealed, openEventData, sealEvents } from '#personal-data';
import { orderCaptured } from './deliveries.js';
import { RecordingBench } from './recording-bench.js';

describe('data keys in PostgreSQL', () => {
  let bench: RecordingBench;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('gives one subject one key however many processes ask first at the same time', async () => {
    const place = { leaf: 'order-shop.eu:1', field: 'customer' };
    const vaults = Array.from({ length: 8 }, () => bench.vaultOfOtherProcess());
    const subjects = Array.from({ length: 40 }, (_, index) => `subject ${index}`);

    const sealed = await Promise.all(
      vaults.map((vault, index) => {
        // Each asks in another order, so that claims cross each other.
        const asked = [...subjects.slice(index * 5), ...subjects.slice(0, index * 5)];
        return vault.sealAll(asked.map((subject) => ({ clear: subject, subject, place })));
      }),
    );

    const keyIds = new Set(sealed.flat().map(({ keyId }) => keyId));
    expect(keyIds.size).toBe(subjects.length);
    const opened = await bench.vault.openAll(
      sealed.flat().map((each) => ({ sealed: each, place })),
    );
    expect(opened.every(({ outcome }) => outcome === 'clear')).toBe(true);
    const { rows } = await bench.pool.query<{ count: string }>(
      'SELECT count(*) FROM kept.subject_key',
    );
    expect(Number(rows[0]?.count)).toBe(subjects.length);
  });

  it('seals the personal data of events, opens it, and marks what was forgotten', async () => {
    const customer = { name: 'Ada', email: 'ada@example.org' };
    const { fact } = orderCaptured('1001', { customer, debtor: 'ada' }).fact;
    const plain = orderCaptured('1002').fact.fact;

    const [sealed, untouched] = await sealEvents(bench.vault, [fact, plain]);

    expect(untouched).toEqual(plain);
    if (sealed?.type !== 'OrderCaptured') throw new Error('The event changed its type.');
    expect(isSealed(sealed.data.customer)).toBe(true);
    expect(sealed.eventId).toBe(fact.eventId);
    expect(await openEventData(bench.vault, sealed)).toEqual(fact.data);
    const clear: object = fact.data;
    await bench.vault.erase(JSON.stringify(['customer', 'shop.eu', 'ada']));
    expect(await openEventData(bench.vaultOfOtherProcess(), sealed)).toEqual({
      ...clear,
      customer: erasedMark,
    });
  });
});
