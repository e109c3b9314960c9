import { EventEmitter } from 'node:events';
import { MessageChannel, type Transferable, type Worker } from 'node:worker_threads';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventStoreReader } from '#event-store';
import { serveFeed, ThreadFeed, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { emptyTables, endRuns, Running } from './running.js';

const eventsTotal = 3_000;

/** A thread's two ends in this one: all that a feed says crosses a channel, as between threads. */
class OneThread extends EventEmitter {
  readonly #channel = new MessageChannel();

  constructor(store: EventStoreReader) {
    super();
    const { port1, port2 } = this.#channel;
    void serveFeed(port2, { ...reading, store }).then(() => {
      port1.close();
      this.emit('exit', 0);
    });
  }

  postMessage(message: unknown, transferred: readonly Transferable[] = []): void {
    this.#channel.port1.postMessage(message, [...transferred]);
  }

  async terminate(): Promise<number> {
    this.#channel.port1.close();
    return 0;
  }
}

const feedOf = (thread: OneThread): ThreadFeed => new ThreadFeed(thread as unknown as Worker);

function ledgerOf(events: number): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  for (let number = 1; number < events; number += 1) {
    write(store, {
      type: 'Deposited',
      eventId: `d${number}`,
      leaf: `account-${number % 100}`,
      amount: number,
      currency: 'EUR',
    });
  }
  return store;
}

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

describe('a feed that another thread reads', () => {
  it('builds the tables that verification expects, and goes on where a run ended', async () => {
    await emptyTables(pool);
    const store = ledgerOf(eventsTotal);
    const feed = feedOf(new OneThread(store));
    for (const until of [eventsTotal / 2, eventsTotal]) {
      const running = new Running(store, pool, { feed, batchEventsMax: 250 });
      await running.until(({ sequence }) => sequence >= until);
      await running.stop();
    }
    await feed.close();
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'equal',
      applied: { events: eventsTotal },
      repeated: 0,
    });
  });

  it('hands over live events as they come', async () => {
    await emptyTables(pool);
    const store = ledgerOf(10);
    const feed = feedOf(new OneThread(store));
    const running = new Running(store, pool, { feed });
    await running.until(({ sequence }) => sequence === 10);
    write(store, {
      type: 'Deposited',
      eventId: 'late',
      leaf: 'account-1',
      amount: 1,
      currency: 'EUR',
    });
    await running.until(({ sequence }) => sequence === 11);
    await running.stop();
    await feed.close();
  });

  it('fails with what its subscription failed with', async () => {
    const refusing = Object.assign(new InMemoryEventStore(), {
      subscribeInBatches: () => {
        throw new Error('The event store refused a subscription.');
      },
    });
    const feed = feedOf(new OneThread(refusing));
    const items = feed.subscribe({ after: 'start', signal: new AbortController().signal });
    await expect(items.next()).rejects.toThrow('refused a subscription');
    await feed.close();
  });

  it('fails where its thread dies', async () => {
    const thread = new OneThread(new InMemoryEventStore());
    const feed = feedOf(thread);
    const items = feed.subscribe({ after: 'start', signal: new AbortController().signal });
    const next = items.next();
    thread.emit('exit', 1);
    await expect(next).rejects.toThrow('ended with code 1');
  });
});
