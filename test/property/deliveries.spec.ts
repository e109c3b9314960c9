import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allocateStock, allocationFold, creditFold, grantCredit } from '#domain';
import type { AnyLedgerEvent } from '#events';
import { canonicalDigest, leafOf } from '#kernel';
import type { DecisionCommand, Delivery, Recorder } from '#recording';
import { deliveredFact } from '../contract/hostile/delivered-fact.js';
import { PathDatabase, type ProjectedLedger } from '../contract/hostile/whole-path.js';
import { InMemoryEventStore } from '../doubles/in-memory-event-store.js';
import { euro, fact } from '../fixtures/facts.js';
import { plainReference } from '../fixtures/full-fold.js';
import { randomHistory } from '../fixtures/history.js';
import { Random } from '../fixtures/random.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200 : 5;
const orderCount = 3;

const stockLeaf = leafOf('inventory', ['A-1', 'dc1']);
const orderLeaf = leafOf('order', ['shop', 'decided']);
const owner = { kind: 'legal_entity', id: 'de01' };
const units = { qty: 2, uom: 'each' };

/** Before or after the decision of its stream; facts of other streams may come at any time. */
type Place = 'before' | 'decision' | 'after';
const places: readonly Place[] = ['before', 'decision', 'after'];

interface Step {
  readonly stream: string;
  readonly place: Place;
  /** Records a fact; undefined where the step is a decision. */
  readonly delivery?: Delivery;
  /** Takes a decision, and answers what became of it. */
  readonly decide?: (recorder: Recorder) => Promise<string>;
}

function deciding<State>(command: DecisionCommand<State>): Step {
  return {
    stream: command.leaf,
    place: 'decision',
    decide: async (recorder) => {
      const outcome = await recorder.decide(command);
      if (outcome.outcome !== 'accepted') return JSON.stringify(outcome);
      return outcome.events.map(({ eventId }) => `accepted as ${eventId}`).join();
    },
  };
}

function command<State>(
  leaf: string,
  parts: Pick<DecisionCommand<State>, 'fold' | 'decide' | 'route'>,
): Step {
  const idempotencyKey = 'decided-once';
  const requestDigest = canonicalDigest({ leaf, idempotencyKey });
  const asked = { client: 'oms', idempotencyKey, requestDigest, leaf, recordedBy: 'specification' };
  return deciding({ ...asked, ...parts });
}

/** One allocation from stock that the history moves as well, and one credit on an order. */
const decisions: readonly Step[] = [
  command(stockLeaf, {
    route: '/v1/allocations',
    fold: allocationFold(plainReference),
    decide: allocateStock({
      authority: 'daybook',
      asOf: '2026-03-01T12:00:00.000Z',
      allocation: 'decided',
      lines: [{ line: '1', order: orderLeaf, orderLine: '1', owner, ...units }],
    }),
  }),
  command(orderLeaf, {
    route: '/v1/credits',
    fold: creditFold(plainReference),
    decide: grantCredit({
      account: 'oms',
      credit: {
        creditMemo: 'decided',
        legalEntity: 'de01',
        currency: 'EUR',
        basis: 'goodwill',
        lines: [{ net: euro(100), tax: euro(19) }],
      },
    }),
  }),
];

/** What the two decisions stand on. */
const grounds: readonly AnyLedgerEvent[] = [
  fact(
    'StockReceived',
    stockLeaf,
    {
      owner,
      qty: 1_000,
      uom: 'each',
      cause: 'purchase',
      bucket: 'sellable',
      receipt: 'D',
      line: '1',
    },
    { account: 'wms' },
  ),
  fact('OrderCaptured', orderLeaf, {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'c' },
    channel: 'web',
    lines: [
      {
        line: '1',
        kind: 'goods',
        sku: 'A-1',
        ...units,
        gross: euro(5_000),
        discount: euro(0),
        taxes: [{ amount: euro(950), liable: 'seller' }],
      },
    ],
  }),
];

/** Facts around the decided order, before or after its decision. */
const surroundings: readonly AnyLedgerEvent[] = [
  fact('PromiseDateSet', orderLeaf, { promised: '2026-03-09' }, { version: '1' }),
  fact('OrderLineCancelled', orderLeaf, { line: '1', qty: 1, cancellation: 'c1' }),
  fact(
    'ShipmentDispatched',
    leafOf('shipment', ['wms', 'decided']),
    { kind: 'original', lines: [{ order: orderLeaf, orderLine: '1', qty: 1 }] },
    { account: 'wms', version: '1' },
  ),
];

function stepsOf(seed: number): readonly Step[] {
  const random = new Random(seed);
  const told = randomHistory(seed, orderCount).filter(({ kind }) => kind === 'fact');
  const facts = [...told, ...surroundings].map((each) => ({
    each,
    place: random.pick<Place>(['before', 'after']),
  }));
  const known = [...facts, ...grounds.map((each) => ({ each, place: 'before' as const }))];
  return [
    ...known.map(({ each, place }, index) => ({
      stream: each.leaf,
      place,
      delivery: deliveredFact(each, `delivery-${index}`),
    })),
    ...decisions,
  ];
}

/** The same steps with some repeated, under their own or a new delivery id. */
function withRepeats(steps: readonly Step[], random: Random): readonly Step[] {
  const repeats = steps
    .filter(() => random.chance(0.25))
    .map((step): Step => {
      const { delivery } = step;
      if (!delivery || random.chance(0.5)) return { ...step, place: 'after' };
      const redelivered = { ...delivery, deliveryId: `${delivery.deliveryId}-again` };
      return { ...step, place: 'after', delivery: redelivered };
    });
  return [...steps, ...repeats];
}

/** Any order in which the decisions keep their place among the facts of their own stream. */
function inPlace(steps: readonly Step[]): readonly Step[] {
  const decided = new Set(decisions.map(({ stream }) => stream));
  const queues = new Map(
    [...decided].map((stream) => [
      stream,
      steps
        .filter((step) => step.stream === stream)
        .sort((left, right) => places.indexOf(left.place) - places.indexOf(right.place))
        .values(),
    ]),
  );
  return steps.map((step) => queues.get(step.stream)?.next().value ?? step);
}

interface Arrived {
  readonly projected: ProjectedLedger;
  readonly decided: readonly string[];
  readonly written: number;
}

/** Lets steps arrive one after the other, facts in batches of any size. */
async function arrive(
  database: PathDatabase,
  steps: readonly Step[],
  random: Random,
): Promise<Arrived> {
  const store = new InMemoryEventStore();
  const path = await database.open({ store, reader: store }, random.pick([1, 7, 40, 1_000]));
  const decided = new Set<string>();
  let batch: Delivery[] = [];
  const send = async (): Promise<void> => {
    for (const answer of await path.recorder.recordFacts(batch)) {
      expect(answer.outcome).toMatch(/^(recorded|repeated)$/);
    }
    batch = [];
  };
  for (const { delivery, decide } of steps) {
    if (delivery) batch.push(delivery);
    if (decide || random.chance(0.1)) await send();
    if (decide) decided.add(await decide(path.recorder));
  }
  await send();
  const { length: written } = await path.written();
  return { projected: await path.project(written), decided: [...decided].toSorted(), written };
}

describe('the tables of the same deliveries', () => {
  let database: PathDatabase;

  beforeAll(async () => {
    database = await PathDatabase.start();
  });
  afterAll(async () => {
    await database.stop();
  });

  it('are equal in whatever order and however often they come, decisions in their place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, order) => {
        const steps = stepsOf(seed);
        const random = new Random(order);
        const shuffled = inPlace(random.shuffled(withRepeats(steps, random)));

        const straight = await arrive(database, inPlace(steps), new Random(seed));
        const mixed = await arrive(database, shuffled, random);

        expect(mixed).toEqual(straight);
        expect(straight.projected).toMatchObject({ verified: 'equal', repeated: 0, end: 'ended' });
        expect(straight.decided).toHaveLength(decisions.length);
        for (const decision of straight.decided) expect(decision).toMatch(/^accepted as /);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
