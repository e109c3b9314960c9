import { describe, expect, it } from 'vitest';

import { appendDataBytesMax, connectEventStore } from '#event-store';

import { eventsToAppend, givenNode, givenStore, write } from './store-on-disk.js';

describe('an append', () => {
  it('is answered with its last revision and that event’s position', async () => {
    const store = givenStore(await givenNode());
    const events = eventsToAppend(3, { text: 'Grüße', list: [1, { deep: null }] });
    const outcome = await write(store, 'daybook.order-1', 'no_stream', events);
    expect(outcome.revision).toBe(2);
    const last = await store.readAt(outcome.position);
    expect(last).toEqual({
      stream: 'daybook.order-1',
      revision: 2,
      eventId: events[2]?.eventId,
      type: 'OrderCaptured',
      data: { text: 'Grüße', list: [1, { deep: null }] },
      metadata: { kind: 'fact' },
      position: outcome.position,
    });
  });

  it('at a revision the stream has left is a conflict that names the actual one', async () => {
    const store = givenStore(await givenNode());
    await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(3));
    for (const expectedRevision of ['no_stream', 0, 5] as const) {
      const events = eventsToAppend(1);
      expect(await store.append({ stream: 'daybook.order-1', expectedRevision, events })).toEqual({
        outcome: 'conflict',
        actual: 2,
      });
    }
    const events = eventsToAppend(1);
    expect(await store.append({ stream: 'daybook.new', expectedRevision: 4, events })).toEqual({
      outcome: 'conflict',
      actual: 'no_stream',
    });
  });

  it('sent again is answered as the first time and writes nothing', async () => {
    const store = givenStore(await givenNode());
    const events = eventsToAppend(2);
    const first = await write(store, 'daybook.order-1', 'no_stream', events);
    await write(store, 'daybook.order-1', 1, eventsToAppend(1));
    expect(await write(store, 'daybook.order-1', 'no_stream', events)).toEqual(first);
    const read = await store.readStream({
      stream: 'daybook.order-1',
      fromRevision: 'start',
      direction: 'forwards',
      eventsMax: 10,
    });
    expect(read.outcome === 'read' && read.events.length).toBe(3);
  });

  it('may hold exactly as much data as the store takes', async () => {
    const store = givenStore(await givenNode());
    const events = eventsToAppend(1, { t: 'x'.repeat(appendDataBytesMax - 8) });
    await expect(write(store, 'daybook.large', 'no_stream', events)).resolves.toMatchObject({
      revision: 0,
    });
  });

  it('of 16 writers at one revision succeeds for one', async () => {
    const store = givenStore(await givenNode());
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () =>
        store.append({
          stream: 'daybook.order-1',
          expectedRevision: 'no_stream',
          events: eventsToAppend(1),
        }),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(15);
  });
});

describe('an appending connection', () => {
  it('is the only one of its process until it is closed; reading ones are free', async () => {
    const node = await givenNode();
    const first = connectEventStore(node);
    expect(() => connectEventStore(node)).toThrow(/already appends through another/);
    const reader = connectEventStore({ ...node, access: 'read' });
    expect(reader).not.toHaveProperty('append');
    expect(await reader.readTail('daybook.')).toBeUndefined();
    await reader.close();
    await first.close();
    await connectEventStore(node).close();
  });

  it('settles what is in flight when it is closed, and takes nothing more', async () => {
    const store = connectEventStore(await givenNode());
    const appends = Array.from({ length: 50 }, (_, index) =>
      write(store, `daybook.order-${index}`, 'no_stream', eventsToAppend(1)),
    );
    await store.close();
    await expect(Promise.all(appends)).resolves.toHaveLength(50);
    await expect(
      store.append({ stream: 's', expectedRevision: 'no_stream', events: eventsToAppend(1) }),
    ).rejects.toThrow(/closed/);
  });
});
