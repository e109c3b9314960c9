import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { eventsOf, RecordingBench } from './recording-bench.js';

describe('opening a ledger', () => {
  let bench: RecordingBench;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('writes the first event once, and refuses a store of another ledger', async () => {
    const store = new InMemoryEventStore();
    const opened = await Promise.all([1, 2, 3].map(() => bench.recorder(store).openLedger()));
    const again = await bench.recorder(store).openLedger();

    expect(opened.filter((ledger) => ledger.outcome === 'opened')).toHaveLength(3);
    expect(again).toMatchObject({ outcome: 'opened', isNew: false });
    for (const ledger of opened) {
      expect({ ...ledger, isNew: false }).toEqual(again);
    }
    expect(await eventsOf(store, 'ledger-main')).toMatchObject([
      {
        eventId: 'f9b81100-6aef-5bfe-b8c1-0c2b0f4a23a8',
        type: 'LedgerOpened',
        data: { schemeVersion: 1 },
        metadata: { kind: 'decision', account: 'daybook' },
      },
    ]);

    const emptied = await bench.recorder(new InMemoryEventStore()).openLedger();
    expect(emptied).toMatchObject({ outcome: 'refused', code: 'ledger_differs' });

    const other = new InMemoryEventStore();
    other.write('daybook.ledger-main', {
      eventId: 'f9b81100-6aef-5bfe-b8c1-0c2b0f4a23a8',
      type: 'LedgerOpened',
      data: { ledgerId: '6ba7b810-9dad-41d1-80b4-00c04fd430c8', schemeVersion: 1 },
      metadata: { schemaVersion: 1, account: 'daybook', precision: 'instant' },
    });
    expect(await bench.recorder(other).openLedger()).toMatchObject({ code: 'ledger_differs' });
  });
});
