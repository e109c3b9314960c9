import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionIdOf } from '#kernel';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { allocation, credit, deallocation, mugAtBerlin, mugLeaf } from './commands.js';
import { orderCaptured, stockReceived } from './deliveries.js';
import { FaultyEventStore } from './faulty-event-store.js';
import { eventsOf, RecordingBench } from './recording-bench.js';
import { openPool } from '../../doubles/open-pool.js';

describe('decisions', () => {
  let bench: RecordingBench;
  let keyCount = 0;
  const newKey = (): string => {
    keyCount += 1;
    return `key-${keyCount}`;
  };

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('accepts a command once, and answers its repeats with the same event', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 5)]);
    const command = allocation(newKey(), [{ qty: 3 }]);

    const first = await recorder.decide(command);
    const again = await recorder.decide(command);
    const elsewhere = await bench.recorder(store).decide(command);

    const { client, route, idempotencyKey, leaf } = command;
    const eventId = decisionIdOf({ client, route, idempotencyKey, leaf, step: '0' });
    expect(first).toMatchObject({
      outcome: 'accepted',
      repeated: false,
      events: [{ eventId, revision: 1 }],
    });
    expect(again).toMatchObject({ outcome: 'accepted', repeated: true, events: [{ eventId }] });
    expect(elsewhere).toMatchObject({ outcome: 'accepted', repeated: true });
    const [, event] = await eventsOf(store, mugLeaf);
    expect(event).toMatchObject({
      type: 'StockAllocated',
      metadata: { kind: 'decision', account: 'oms', deliveryDigest: command.requestDigest },
    });
  });

  it('takes one command once where a client sends it to two processes at the same time', async () => {
    const store = new InMemoryEventStore();
    const processes = [bench.recorder(store), bench.recorder(store)];
    await processes[0]!.recordFacts([stockReceived(mugAtBerlin, 'r', 10)]);
    const commands = Array.from({ length: 20 }, () => allocation(newKey(), [{ qty: 1 }]));

    const outcomes = await Promise.all(
      processes.flatMap((process) => commands.map((command) => process.decide(command))),
    );

    const accepted = outcomes.flatMap((outcome) =>
      outcome.outcome === 'accepted' ? [outcome.events[0]!] : [],
    );
    expect(new Set(accepted.map(({ eventId }) => eventId)).size).toBe(10);
    expect(new Set(accepted.map(({ eventId, revision }) => `${eventId} ${revision}`)).size).toBe(
      10,
    );
    expect(await eventsOf(store, mugLeaf)).toHaveLength(11);
    const later = await Promise.all(commands.map((command) => processes[1]!.decide(command)));
    expect(later.every((outcome) => outcome.outcome !== 'unavailable' && outcome.repeated)).toBe(
      true,
    );
    expect(later.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(10);
  });

  it('keeps a refusal under its key, also once there would be enough', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 2)]);
    const command = allocation(newKey(), [{ qty: 3 }]);

    const refused = await recorder.decide(command);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'more', 10)]);
    const again = await recorder.decide(command);
    const newAttempt = await recorder.decide(allocation(newKey(), [{ qty: 3 }]));

    const refusal = {
      outcome: 'refused',
      code: 'insufficient_stock',
      details: { available: '2', requested: '3' },
    };
    expect(refused).toMatchObject({ ...refusal, repeated: false });
    expect(again).toMatchObject({ ...refusal, repeated: true });
    expect(newAttempt.outcome).toBe('accepted');
  });

  it('refuses a key that was used for another command', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 9)]);
    const key = newKey();

    const outcomes = await Promise.all([
      recorder.decide(allocation(key, [{ qty: 1 }])),
      recorder.decide(allocation(key, [{ qty: 2 }])),
    ]);
    const later = await bench.recorder(store).decide(allocation(key, [{ qty: 2 }]));

    expect(outcomes[0]?.outcome).toBe('accepted');
    expect(outcomes[1]).toMatchObject({ outcome: 'refused', code: 'idempotency_key_reused' });
    expect(later).toMatchObject({ outcome: 'refused', code: 'idempotency_key_reused' });
    expect(await eventsOf(store, mugLeaf)).toHaveLength(2);
  });

  it('finds an accepted command in the stream where its outcome was never kept', async () => {
    const memory = new InMemoryEventStore();
    await bench.recorder(memory).recordFacts([stockReceived(mugAtBerlin, 'r', 5)]);
    const command = allocation(newKey(), [{ qty: 2 }, { qty: 1, orderLine: '2' }]);
    const store = new FaultyEventStore(memory, ['answer_lost']);
    const read = store.readStream.bind(store);
    let appended = false;
    store.readStream = async (request) => {
      // The process ends between the append and its answer.
      if (store.appends.length > 0) appended = true;
      return appended ? new Promise<never>(() => undefined) : read(request);
    };
    void bench.recorder(store).decide(command);
    await expect.poll(() => eventsOf(memory, mugLeaf)).toHaveLength(3);

    const again = await bench.recorder(memory).decide(command);

    expect(again).toMatchObject({
      outcome: 'accepted',
      repeated: true,
      events: [{ revision: 1 }, { revision: 2 }],
    });
    expect(await eventsOf(memory, mugLeaf)).toHaveLength(3);
  });

  it('refuses only by what the stream holds now, whatever this process remembers', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.decide(allocation(newKey(), [{ qty: 1 }]));
    await bench.recorder(store).recordFacts([stockReceived(mugAtBerlin, 'elsewhere', 4)]);

    const outcome = await recorder.decide(allocation(newKey(), [{ qty: 4 }]));

    expect(outcome.outcome).toBe('accepted');
  });

  it('decides many waiting commands against one state and appends them together', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 120)]);

    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => recorder.decide(allocation(newKey(), [{ qty: 1 }]))),
    );

    const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted');
    expect(accepted).toHaveLength(120);
    expect(recorder.counters.appends).toBeLessThan(20);
    expect(await eventsOf(store, mugLeaf)).toHaveLength(121);
  });

  it('holds the lines of one command against the stock by their sum, all or none', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 5)]);

    const outcome = await recorder.decide(
      allocation(newKey(), [{ qty: 3 }, { qty: 3, orderLine: '2' }]),
    );

    expect(outcome).toMatchObject({ code: 'insufficient_stock', details: { requested: '6' } });
    expect(await eventsOf(store, mugLeaf)).toHaveLength(1);
  });

  it('gives back no more than is open', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 5)]);
    const allocationKey = newKey();
    await recorder.decide(allocation(allocationKey, [{ qty: 5 }]));

    const outcomes = await Promise.all([
      recorder.decide(deallocation(newKey(), allocationKey, 3)),
      recorder.decide(deallocation(newKey(), allocationKey, 3)),
    ]);

    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'refused']);
    const again = await recorder.decide(allocation(newKey(), [{ qty: 3 }]));
    expect(again.outcome).toBe('accepted');
  });

  it('grants credits up to what the order was sold for, over any number of commands', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const order = orderCaptured('credited');
    const { leaf } = order.fact;
    const early = await recorder.decide(credit(newKey(), leaf, 1));
    await recorder.recordFacts([order]);

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => recorder.decide(credit(newKey(), leaf, 500))),
    );

    expect(early).toMatchObject({ outcome: 'refused', code: 'order_unknown' });
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(4);
    expect(outcomes.find(({ outcome }) => outcome === 'refused')).toMatchObject({
      code: 'credit_exceeds_order',
      details: { left: '380' },
    });
  });

  it('decides nothing while the database cannot be reached', async () => {
    const store = new InMemoryEventStore();
    const pool = openPool({ connectionString: 'postgres://nobody@127.0.0.1:9/none' });

    const outcome = await bench.recorder(store, { pool }).decide(allocation(newKey(), [{}]));

    expect(outcome).toMatchObject({ outcome: 'unavailable', code: 'evidence_store_unavailable' });
    await pool.end();
  });

  it('decides nothing on a stream with an event this build cannot read', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    await recorder.recordFacts([stockReceived(mugAtBerlin, 'r', 5)]);
    store.write(`daybook.${mugLeaf}`, {
      eventId: '00000000-0000-4000-8000-000000000000',
      type: 'StockTeleported',
      data: {},
      metadata: {},
    });

    const outcome = await recorder.decide(allocation(newKey(), [{}]));

    expect(outcome).toMatchObject({ outcome: 'unavailable', code: 'stream_unreadable' });
  });
});
