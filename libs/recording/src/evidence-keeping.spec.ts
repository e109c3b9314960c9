import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.js';
import { EvidenceKeeping } from './evidence-keeping.js';
import { defaultRecorderLimits } from './recorder-limits.js';
import { newCounters } from './recording-counters.js';

const source = '//orders.example';

function evidenceOf(deliveryId: string): Evidence {
  const wrapped = {
    keyId: '00000000-0000-0000-0000-000000000000',
    subjectDigest: '',
    wrappedKey: Buffer.alloc(0),
    generation: 1,
  };
  const sealed = { wrapped, sealedBytes: Buffer.alloc(10) };
  const receivedAt = '2026-01-01T00:00:00.000Z';
  const texts = { source, deliveryId, digest: deliveryId, receivedAt, leaf: 'order-shop:1' };
  return { ...texts, sealed, subjectKeyIds: [], scrubbedCount: 0 };
}

/** A database that answers a statement when it is told to, by the ids of the deliveries in it. */
function givenDatabase() {
  const statements: { readonly ids: readonly string[]; readonly answer: () => void }[] = [];
  const refused = new Set<string>();
  const query = ({ values }: { readonly values: readonly (readonly string[])[] }) =>
    new Promise((resolve, reject) => {
      const ids = values[1] ?? [];
      const rows = ids.map((id) => ({ source, delivery_id: id, digest: id, is_new: true }));
      const answer = () =>
        ids.some((id) => refused.has(id)) ? reject(new Error('refused')) : resolve({ rows });
      statements.push({ ids, answer });
    });
  return { pool: { query } as unknown as Pool, statements, refused };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('evidence of requests that come at a time', () => {
  it('gathers while a statement is under way, and is then kept by one', async () => {
    const { pool, statements } = givenDatabase();
    const keeping = new EvidenceKeeping(pool, defaultRecorderLimits, newCounters());
    const asked = [keeping.keep([evidenceOf('a')], [])];
    await settled();
    asked.push(...['b', 'c'].map((id) => keeping.keep([evidenceOf(id)], [])));
    await settled();
    expect(statements.length).toBe(1);
    statements[0]!.answer();
    await settled();
    statements[1]!.answer();
    await Promise.all(asked);
    expect(statements.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
  });

  it('shares no statement with the same delivery, which would pass for new twice', async () => {
    const { pool, statements } = givenDatabase();
    const keeping = new EvidenceKeeping(pool, defaultRecorderLimits, newCounters());
    const asked = ['a', 'b', 'a', 'c'].map((id) => keeping.keep([evidenceOf(id)], []));
    await settled();
    statements[0]!.answer();
    await settled();
    statements[1]!.answer();
    await Promise.all(asked);
    expect(statements.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('is kept alone where one that is refused came with it', async () => {
    const { pool, statements, refused } = givenDatabase();
    refused.add('b');
    const keeping = new EvidenceKeeping(pool, defaultRecorderLimits, newCounters());
    const kept = keeping.keep([evidenceOf('a')], []);
    const lost = keeping.keep([evidenceOf('b')], []);
    const failure = expect(lost).rejects.toThrow('refused');
    await settled();
    statements[0]!.answer();
    await settled();
    for (const { answer } of statements.slice(1)) answer();
    expect(await kept).toEqual(new Map());
    await failure;
    expect(statements.map(({ ids }) => ids)).toEqual([['a', 'b'], ['a'], ['b']]);
  });
});

describe('outcomes of deliveries', () => {
  const settledOf = (deliveryId: string) => ({
    source,
    deliveryId,
    outcome: { eventId: deliveryId, leaf: 'order-shop:1', revision: 0 },
    repeats: 0,
  });

  it('keep nobody waiting, and are written by one statement', async () => {
    const { pool, statements } = givenDatabase();
    const keeping = new EvidenceKeeping(pool, defaultRecorderLimits, newCounters());
    for (const id of ['a', 'b', 'c']) await keeping.settle([settledOf(id)]);
    expect(statements).toEqual([]);
    const written = keeping.settled();
    await expect.poll(() => statements.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']]);
    statements[0]!.answer();
    await written;
  });

  it('are waited for where more wait than may', async () => {
    const { pool, statements } = givenDatabase();
    const keeping = new EvidenceKeeping(
      pool,
      { ...defaultRecorderLimits, outcomesWaitingMax: 1 },
      newCounters(),
    );
    await keeping.settle([settledOf('a')]);
    let isAnswered = false;
    const second = keeping.settle([settledOf('b')]).then(() => (isAnswered = true));
    await expect.poll(() => statements.length).toBe(1);
    expect(isAnswered).toBe(false);
    statements[0]!.answer();
    await second;
  });

  it('that the database refuses take none of the others with them, and fail nobody', async () => {
    const { pool, statements, refused } = givenDatabase();
    refused.add('b');
    const counters = newCounters();
    const keeping = new EvidenceKeeping(pool, defaultRecorderLimits, counters);
    for (const id of ['a', 'b', 'c']) await keeping.settle([settledOf(id)]);
    const written = keeping.settled();
    for (const done of [0, 1, 2, 3]) {
      await expect.poll(() => statements.length).toBe(done + 1);
      statements[done]!.answer();
    }
    await written;
    await keeping.settle([]);
    expect(statements.map(({ ids }) => ids)).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    expect(counters.outcomesUnwritten).toBe(1);
  });

  it('are written at once where as many wait as one statement takes', async () => {
    const { pool, statements } = givenDatabase();
    const limits = { ...defaultRecorderLimits, statementDeliveriesMax: 2 };
    const keeping = new EvidenceKeeping(pool, limits, newCounters());
    for (const id of ['a', 'b', 'c']) await keeping.settle([settledOf(id)]);
    await settled();
    expect(statements.map(({ ids }) => ids)).toEqual([['a', 'b']]);
  });
});
