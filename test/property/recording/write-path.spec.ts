import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionOutcome, Delivery } from '#recording';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  allocation,
  deallocation,
  mugAtBerlin,
  mugLeaf,
} from '../../contract/recording/commands.js';
import { orderCaptured, stockReceived } from '../../contract/recording/deliveries.js';
import { type Fault, FaultyEventStore } from '../../contract/recording/faulty-event-store.js';
import { eventsOf, RecordingBench } from '../../contract/recording/recording-bench.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const numRuns = isDeep ? 1_000 : 25;
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? 20_261_121);

const faults = fc.array(
  fc.constantFrom<Fault>('none', 'none', 'answer_lost', 'request_lost', 'delayed'),
  { maxLength: 12 },
);

interface Allocated {
  readonly qty: number;
}

describe(`the write path, whatever the network and other processes do (seed ${seed})`, () => {
  let bench: RecordingBench;
  let runCount = 0;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('never allocates more than is available, and refuses only what does not fit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 40 }),
        faults,
        faults,
        async (stock, requested, faultsOfFirst, faultsOfSecond) => {
          runCount += 1;
          const memory = new InMemoryEventStore();
          if (stock > 0) {
            await bench.recorder(memory).recordFacts([stockReceived(mugAtBerlin, 'r', stock)]);
          }
          const processes = [faultsOfFirst, faultsOfSecond].map((plan) =>
            bench.recorder(new FaultyEventStore(memory, plan), {
              limits: { decideRoundsMax: 100, unknownRoundsMax: 20 },
            }),
          );
          const outcomes = await Promise.all(
            requested.map((qty, index) =>
              processes[index % 2]!.decide(allocation(`run-${runCount}-${index}`, [{ qty }])),
            ),
          );

          const allocated = (await eventsOf(memory, mugLeaf))
            .filter(({ type }) => type === 'StockAllocated')
            .reduce((sum, { data }) => sum + (data as Allocated).qty, 0);
          const accepted = requested.filter((_, index) => outcomes[index]?.outcome === 'accepted');
          expect(sum(accepted)).toBe(allocated);
          expect(allocated).toBeLessThanOrEqual(stock);
          outcomes.forEach((outcome, index) => {
            if (outcome.outcome === 'accepted') return;
            expect(outcome).toMatchObject({ code: 'insufficient_stock' });
            // What is left never grows here, so what was refused does not fit at the end either.
            expect(requested[index]).toBeGreaterThan(stock - allocated);
          });
          if (requested.every((qty) => qty === 1)) {
            expect(allocated).toBe(Math.min(stock, requested.length));
          }
        },
      ),
      { numRuns, seed },
    );
  });

  it('takes facts and decisions on one stream in any mixture, over a process that knows nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('receive', 'allocate'), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 3 }),
        async (steps, turns) => {
          runCount += 1;
          const run = runCount;
          const memory = new InMemoryEventStore();
          const recorder = bench.recorder(memory);
          const outcomes = await Promise.all(
            steps.map(async (step, index) => {
              for (let turn = 0; turn < turns * index; turn += 1) await Promise.resolve();
              return step === 'receive'
                ? (await recorder.recordFacts([stockReceived(mugAtBerlin, `r${index}`, 1)]))[0]
                : recorder.decide(allocation(`mixed-${run}-${index}`, [{ qty: 1 }]));
            }),
          );
          const count = (wanted: string): number =>
            outcomes.filter((outcome) => outcome?.outcome === wanted).length;
          const received = steps.filter((step) => step === 'receive').length;
          expect(count('recorded')).toBe(received);
          expect(count('accepted')).toBeLessThanOrEqual(received);
          expect(count('accepted') + count('refused')).toBe(steps.length - received);
        },
      ),
      { numRuns, seed },
    );
  });

  it('gives every allocated unit back at most once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }),
        faults,
        async (allocated, givenBack, plan) => {
          runCount += 1;
          const memory = new InMemoryEventStore();
          const recorder = bench.recorder(memory);
          const key = `allocated-${runCount}`;
          await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', allocated)]);
          await recorder.decide(allocation(key, [{ qty: allocated }]));
          const competing = bench.recorder(new FaultyEventStore(memory, plan), {
            limits: { decideRoundsMax: 100, unknownRoundsMax: 20 },
          });
          const outcomes: DecisionOutcome[] = await Promise.all(
            givenBack.map((qty, index) =>
              (index % 2 === 0 ? recorder : competing).decide(
                deallocation(`back-${runCount}-${index}`, key, qty),
              ),
            ),
          );
          const returned = sum(
            givenBack.filter((_, index) => outcomes[index]?.outcome === 'accepted'),
          );
          expect(returned).toBeLessThanOrEqual(allocated);
          const rest = await recorder.decide(
            allocation(`rest-${runCount}`, [{ qty: Math.max(1, returned) }]),
          );
          expect(rest.outcome).toBe(returned > 0 ? 'accepted' : 'refused');
        },
      ),
      { numRuns, seed },
    );
  });

  it('records each fact once in any interleaving of repeats, and tells every caller the same place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 }), {
          minLength: 1,
          maxLength: 6,
        }),
        faults,
        async (calls, plan) => {
          runCount += 1;
          const memory = new InMemoryEventStore();
          const processes = [
            bench.recorder(new FaultyEventStore(memory, plan), {
              limits: { decideRoundsMax: 100, unknownRoundsMax: 20 },
            }),
            bench.recorder(memory, { limits: { decideRoundsMax: 100 } }),
          ];
          const run = runCount;
          const answers = await Promise.all(
            calls.map((call, index) =>
              processes[index % 2]!.recordFacts(call.map((fact) => factOf(run, fact, index))),
            ),
          );

          const places = new Map<string, Set<string>>();
          for (const outcome of answers.flat()) {
            expect(['recorded', 'repeated']).toContain(outcome.outcome);
            if (!('eventId' in outcome)) continue;
            const known = places.get(outcome.eventId) ?? new Set();
            places.set(outcome.eventId, known.add(`${outcome.leaf} ${outcome.revision}`));
          }
          expect([...places.values()].every((known) => known.size === 1)).toBe(true);
          const written: string[] = [];
          for await (const event of memory.readAll({ streamPrefix: 'daybook.', after: 'start' })) {
            written.push(event.eventId);
          }
          expect(written.toSorted()).toEqual([...places.keys()].toSorted());
          expect(new Set(written).size).toBe(new Set(calls.flat()).size);
        },
      ),
      { numRuns, seed },
    );
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** One of eight facts on three streams; every second call sends it under a delivery id of its own. */
function factOf(run: number, fact: number, call: number): Delivery {
  const id = `run-${run}-fact-${fact}-${call % 2 === 0 ? 'same' : call}`;
  if (fact >= 6) return orderCaptured(`run-${run}-order-${fact}`, { id });
  return stockReceived({ sku: 'mug', node: `node-${fact % 2}` }, `run-${run}-${fact}`, 1, { id });
}
