import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEventStore, startEmbeddedEventStore } from '#embedded-event-store';
import { connectEventStore, type EventStore } from '#event-store';
import { allocation, mugAtBerlin, mugLeaf } from './commands.js';
import { orderCaptured, stockReceived } from './deliveries.js';
import { eventsOf, RecordingBench } from './recording-bench.js';

describe('the write path on an event store over TCP', () => {
  let bench: RecordingBench;
  let folder: string;
  let node: RunningEventStore;
  let store: EventStore;

  beforeAll(async () => {
    bench = await RecordingBench.start();
    folder = await mkdtemp(join(tmpdir(), 'daybook-events-'));
    node = await startEmbeddedEventStore({ directory: folder });
    store = connectEventStore({ connectionString: node.connectionString });
  });
  afterAll(async () => {
    await store.close();
    await node.stop();
    await rm(folder, { recursive: true, force: true });
    await bench.stop();
  });

  it('opens a ledger, records a batch over many streams and answers its repeat', async () => {
    const recorder = bench.recorder(store);
    const ledger = await recorder.openLedger();
    const deliveries = Array.from({ length: 300 }, (_, index) =>
      index % 3 === 0
        ? stockReceived(mugAtBerlin, `tcp-${index}`, 10)
        : orderCaptured(`tcp-${index}`),
    );

    const outcomes = await recorder.recordFacts(deliveries);
    const again = await bench.recorder(store).recordFacts(deliveries);

    expect(ledger).toMatchObject({ outcome: 'opened', isNew: true });
    expect(outcomes.every(({ outcome }) => outcome === 'recorded')).toBe(true);
    expect(again.map((outcome) => ({ ...outcome, position: null }))).toEqual(
      outcomes.map((outcome) => ({ ...outcome, outcome: 'repeated', position: null })),
    );
    expect(await eventsOf(store, mugLeaf)).toHaveLength(100);
    const tail = await store.readTail('daybook.');
    const last = outcomes
      .map((outcome) => ('position' in outcome && outcome.position?.commit) || 0n)
      .reduce((left, right) => (left > right ? left : right));
    expect(last).toBe(tail?.position.commit);
  });

  it('lets two processes compete for one hot item without overselling it', async () => {
    const leaf = 'inventory-hot:berlin';
    const processes = [bench.recorder(store), bench.recorder(store)] as const;
    await processes[0].recordFacts([stockReceived({ sku: 'hot', node: 'berlin' }, 'hot', 150)]);

    const outcomes = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        processes[index % 2]!.decide(allocation(`hot-${index}`, [{ qty: 1 }], { leaf })),
      ),
    );

    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(150);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(250);
    expect(await eventsOf(store, leaf)).toHaveLength(151);
  });
});
