import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CanonicalLeaf, merkleLeafHash, merkleRoot } from '#audit';
import { type RunningEventStore, startEmbeddedEventStore } from '#embedded-event-store';
import { connectEventStore, type EventStore } from '#event-store';
import { canonicalJson, defaultLedgerPrefix } from '#kernel';
import { copyLedger } from '../../../apps/daybook/src/backup/copy-ledger.js';

const streamPrefix = defaultLedgerPrefix;
const propertyRuns = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200 : 6;

let folder: string;
let stores = 0;
const running: RunningEventStore[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-copy-'));
});
afterAll(async () => {
  await Promise.all(running.map((store) => store.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function newStore(): Promise<string> {
  stores += 1;
  const store = await startEmbeddedEventStore({ directory: join(folder, `store-${stores}`) });
  running.push(store);
  return store.connectionString;
}

/** A process appends over one connection at a time. */
async function appending<Result>(
  connectionString: string,
  use: (store: EventStore) => Promise<Result>,
): Promise<Result> {
  const store = connectEventStore({ connectionString });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

interface Given {
  readonly stream: string;
  readonly data: object;
}

let ids = 0;
function newEvent(data: object) {
  ids += 1;
  const eventId = `00000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`;
  return { eventId, type: 'Given', data, metadata: { number: ids } };
}

async function fill(connectionString: string, events: readonly Given[]): Promise<void> {
  await appending(connectionString, async (store) => {
    const revisions = new Map<string, number>();
    for (const { stream, data } of events) {
      const revision = revisions.get(stream) ?? -1;
      const outcome = await store.append({
        stream,
        expectedRevision: revision === -1 ? 'no_stream' : revision,
        events: [newEvent(data)],
      });
      if (outcome.outcome !== 'appended') throw new Error(outcome.outcome);
      revisions.set(stream, revision + 1);
    }
  });
}

const copy = (from: string, to: string, through = (target: EventStore) => target) =>
  appending(to, async (target) => {
    const source = connectEventStore({ connectionString: from, access: 'read' });
    try {
      return await copyLedger({ source, target: through(target), streamPrefix });
    } finally {
      await source.close();
    }
  });

async function leavesOf(connectionString: string): Promise<readonly CanonicalLeaf[]> {
  const store = connectEventStore({ connectionString, access: 'read' });
  const leaves: CanonicalLeaf[] = [];
  for await (const event of store.readAll({ streamPrefix, after: 'start' })) {
    const { revision, eventId, type, data, metadata } = event;
    leaves.push({ stream: event.stream, revision, eventId, type, data, metadata });
  }
  await store.close();
  return leaves;
}

const rootOf = (leaves: readonly CanonicalLeaf[]) =>
  merkleRoot(leaves.map(merkleLeafHash)).toString('hex');

const orders = (count: number): readonly Given[] =>
  Array.from({ length: count }, (_, index) => ({
    stream: `${streamPrefix}order-${[7, 3, 3, 3, 1][index % 5]}`,
    data: { index },
  }));

describe('a ledger that is copied to another store', () => {
  it('keeps every sequence, id and byte that an auditor sees, whatever the events hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            stream: fc.constantFrom('order-1', 'order-Ärger%2F1', 'stock-x:y'),
            data: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        async (given) => {
          const [from, to] = [await newStore(), await newStore()];
          await fill(
            from,
            given.map(({ stream, data }) => ({ stream: streamPrefix + stream, data })),
          );
          const { events } = await copy(from, to);
          const [source, target] = [await leavesOf(from), await leavesOf(to)];
          expect(events).toBe(given.length);
          expect(target.map(canonicalJson)).toEqual(source.map(canonicalJson));
          expect(rootOf(target)).toBe(rootOf(source));
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  it('carries texts and numbers at their edges', async () => {
    const [from, to] = [await newStore(), await newStore()];
    const data = {
      '': {},
      empty: [],
      largest: Number.MAX_SAFE_INTEGER,
      smallest: Number.MIN_SAFE_INTEGER,
      tiny: 5e-324,
      huge: 1.7976931348623157e308,
      text: 'é e\u0301 \u2028 \ufeff 😀 "\\/\b',
      nested: [[[null, true, { ['__proto__']: 1 }]]],
    };
    await fill(from, [{ stream: `${streamPrefix}order-edges`, data }]);
    await copy(from, to);
    const [[source], [target]] = [await leavesOf(from), await leavesOf(to)];
    expect(canonicalJson(target)).toBe(canonicalJson(source));
    expect(target?.data).toEqual(data);
  });

  it('leaves the events of other applications where they are', async () => {
    const [from, to] = [await newStore(), await newStore()];
    await fill(from, [
      { stream: 'foreign-1', data: {} },
      { stream: `${streamPrefix}order-1`, data: {} },
    ]);
    await fill(to, [{ stream: 'foreign-2', data: {} }]);
    expect(await copy(from, to)).toMatchObject({ events: 1, copied: 1 });
  });

  it('goes on where it was broken off, and brings what was written since', async () => {
    const [from, to] = [await newStore(), await newStore()];
    await fill(from, orders(40));
    await expect(copy(from, to, (target) => brokenAfter(target, 5))).rejects.toThrow('broken off');
    const partly = (await leavesOf(to)).length;
    expect(partly).toBeGreaterThan(0);

    expect(await copy(from, to)).toMatchObject({ events: 40, copied: 40 - partly });
    expect(rootOf(await leavesOf(to))).toBe(rootOf(await leavesOf(from)));
    await fill(from, [{ stream: `${streamPrefix}order-new`, data: {} }]);
    expect(await copy(from, to)).toMatchObject({ events: 41, copied: 1 });
    expect(await copy(from, to)).toMatchObject({ events: 41, copied: 0 });
  });

  it('is refused, and nothing written, where the target holds another or a longer one', async () => {
    const [from, to] = [await newStore(), await newStore()];
    await fill(from, orders(3));
    await fill(to, orders(3));
    await expect(copy(from, to)).rejects.toMatchObject({
      code: 'copy_differs',
      message: expect.stringContaining('its event of sequence 0 is'),
    });
    expect(await leavesOf(to)).toHaveLength(3);

    const longer = await newStore();
    await copy(from, longer);
    await fill(longer, [{ stream: `${streamPrefix}order-new`, data: {} }]);
    await expect(copy(from, longer)).rejects.toMatchObject({
      code: 'copy_differs',
      message: expect.stringContaining('goes on behind them'),
    });
    expect(await leavesOf(longer)).toHaveLength(4);
  });
});

/** A store whose connection fails for good after so many appends. */
function brokenAfter(store: EventStore, appends: number): EventStore {
  let left = appends;
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'append' || left-- > 0) {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return () => Promise.reject(new Error('broken off'));
    },
  });
}
