import { describe, expect, it, onTestFinished } from 'vitest';

import { TcpProxy } from '../../doubles/tcp-proxy.js';
import { freePort, startGossipSeed } from './gossip-seed.js';
import { eventIdsOf, eventsToAppend, fill, givenNode, givenStore, write } from './store-on-disk.js';

const keepAliveMilliseconds = 200;
/** A real cluster was written to again 5.3 seconds after its leader was killed; this one elects at once. */
const resumedMillisecondsMax = 5_000;

describe('a leader that stands still', () => {
  it('is left within twice the keep-alive, and nothing is lost, doubled or read twice', async () => {
    const { port } = await givenNode();
    const [frozen, elected] = [await TcpProxy.start(port), await TcpProxy.start(port)];
    const [seedPort, otherPort] = [await freePort(), await freePort()];
    const endGossip = await startGossipSeed(seedPort, frozen.port);
    const store = givenStore({
      connectionString: `esdb://127.0.0.1:${seedPort},127.0.0.1:${otherPort}?tls=false&discoveryInterval=10`,
      keepAliveMilliseconds,
      // Longer than the test, so that only the keep-alive can get through.
      appendAttemptMilliseconds: 60_000,
      appendDeadlineMilliseconds: 60_000,
    });
    for (const wire of [frozen, elected]) onTestFinished(() => wire.stop());
    const written = await fill(store, 'daybook.order-1', 10);
    const abort = new AbortController();
    const received: string[] = [];
    const request = { streamPrefix: 'daybook.', after: 'start', signal: abort.signal } as const;
    const last = eventsToAppend(1);
    const lastId = last[0]?.eventId ?? '';
    const reading = (async () => {
      for await (const item of store.subscribe(request)) {
        received.push(...eventIdsOf([item]));
        if (received.at(-1) === lastId) abort.abort();
      }
    })();

    frozen.freeze();
    endGossip();
    onTestFinished(await startGossipSeed(seedPort, elected.port));
    const frozenAt = performance.now();
    const outcome = await write(store, 'daybook.order-1', 9, last);
    await reading;

    expect(outcome.revision).toBe(10);
    expect(received).toEqual([...written, lastId]);
    const resumedAfter = performance.now() - frozenAt;
    console.log(`written and read again after ${Math.round(resumedAfter)} ms`);
    expect(resumedAfter).toBeGreaterThan(keepAliveMilliseconds);
    expect(resumedAfter).toBeLessThan(resumedMillisecondsMax);
  });
});
