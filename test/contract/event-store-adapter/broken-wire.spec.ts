import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { eventsToAppend, givenNode, givenStore, turns, write } from './store-on-disk.js';
import { TcpProxy } from '../../doubles/tcp-proxy.js';

describe('appends over a wire that breaks', () => {
  it('are all written once, and none ends the process, when the wire freezes under a full queue and is cut', async () => {
    const proxy = await TcpProxy.start((await givenNode()).port);
    onTestFinished(() => proxy.stop());
    const store = givenStore({ connectionString: proxy.connectionString });
    await write(store, 'daybook.warm', 'no_stream', eventsToAppend(1));
    proxy.freeze();
    // More than a frozen stream takes, so that writes wait for it when the wire is cut.
    const data = { text: 'x'.repeat(3_000) };
    const appends = Array.from({ length: 400 }, (_, index) =>
      write(store, `daybook.order-${index}`, 'no_stream', eventsToAppend(1, data)),
    );
    await turns(200);
    proxy.cut();
    proxy.thaw();
    const outcomes = await Promise.all(appends);
    expect(outcomes.every(({ revision }) => revision === 0)).toBe(true);
    expect(new Set(outcomes.map(({ position }) => position.commit)).size).toBe(400);
    expect(store.statistics().appendsUnanswered).toBeGreaterThan(0);
  });

  it('that stay silent are sent again, and are unknown when the time is over', async () => {
    const proxy = await TcpProxy.start((await givenNode()).port);
    onTestFinished(() => proxy.stop());
    const store = givenStore({
      connectionString: proxy.connectionString,
      appendAttemptMilliseconds: 50,
      appendDeadlineMilliseconds: 400,
    });
    const events = eventsToAppend(2);
    // A machine that is busy may answer later than so short a time allows.
    const written = () =>
      vi.waitFor(() => write(store, 'daybook.order-1', 'no_stream', events), { timeout: 30_000 });
    await written();
    proxy.freeze();
    const outcome = await store.append({
      stream: 'daybook.order-1',
      expectedRevision: 1,
      events: eventsToAppend(1),
    });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(store.statistics().appendsUnanswered).toBeGreaterThan(2);
    proxy.thaw();
    expect(await written()).toMatchObject({ revision: 1 });
  });
});
