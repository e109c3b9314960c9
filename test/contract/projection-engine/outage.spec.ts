import { createServer, connect, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { emptyTables, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
beforeEach(() => emptyTables(pool));
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

function deposit(store: InMemoryEventStore, eventId: string): void {
  write(store, { type: 'Deposited', eventId, leaf: 'account-a', amount: 7, currency: 'EUR' });
}

const check = (store: InMemoryEventStore) =>
  verify({ store, pool, definition: accounts, ...reading });

/** A way to the server that can be cut, and that can swallow the answer to a COMMIT. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private open = true;
  /** The next COMMIT reaches the server, and its answer never comes back. */
  swallowCommit = false;
  swallowed = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.server = createServer((near) => {
      if (!this.open) {
        near.destroy();
        return;
      }
      const far = connect(target);
      let swallowing = false;
      near.on('data', (bytes) => {
        if (this.swallowCommit && bytes.includes('COMMIT')) {
          this.swallowCommit = false;
          swallowing = true;
        }
        far.write(bytes);
      });
      far.on('data', (bytes) => {
        if (!swallowing) {
          near.write(bytes);
          return;
        }
        this.swallowed += 1;
        near.destroy();
      });
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  cut(): void {
    this.open = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.open = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function throughWire(work: (wire: Wire, wired: pg.Pool) => Promise<void>): Promise<void> {
  const url = new URL(postgres.connectionString);
  const wire = new Wire({ host: url.hostname, port: Number(url.port) });
  url.hostname = '127.0.0.1';
  url.port = String(await wire.listen());
  const wired = openPool({ connectionString: url.href });
  wired.on('error', () => undefined);
  try {
    await work(wire, wired);
  } finally {
    await wired.end();
    await wire.close();
  }
}

describe('an outage of PostgreSQL', () => {
  it('is waited out, and nothing is skipped', async () => {
    await throughWire(async (wire, wired) => {
      const store = new InMemoryEventStore();
      write(store, opening);
      const running = new Running(store, wired, { batchEventsMax: 4 });
      await running.until(({ sequence }) => sequence === 1);
      wire.cut();
      for (let index = 0; index < 10; index += 1) deposit(store, `d${index}`);
      await running.until(
        ({ state }) => state.state === 'retrying' && state.attempt === 3 && state.message !== '',
      );
      wire.mend();
      const { epoch } = await running.until(({ sequence }) => sequence === 11);
      expect(epoch).toBeGreaterThan(1);
      await running.stop();
      expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 11 } });
    });
  });

  it('during the answer to a COMMIT leaves the batch applied once', async () => {
    await throughWire(async (wire, wired) => {
      const store = new InMemoryEventStore();
      write(store, opening);
      const running = new Running(store, wired);
      await running.until(({ sequence }) => sequence === 1);
      wire.swallowCommit = true;
      deposit(store, 'd1');
      await running.until(({ sequence }) => sequence === 2);
      expect(wire.swallowed).toBe(1);
      deposit(store, 'd2');
      await running.until(({ sequence }) => sequence === 3);
      await running.stop();
      expect(running.progress?.repeated).toBe(0);
      expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 3 } });
    });
  });

  it('that lets another run take the group leaves this one waiting', async () => {
    await throughWire(async (wire, wired) => {
      const store = new InMemoryEventStore();
      write(store, opening);
      const cutOff = new Running(store, wired);
      await cutOff.until(({ sequence }) => sequence === 1);
      wire.cut();
      const successor = new Running(store, pool);
      deposit(store, 'd1');
      await successor.until(({ sequence }) => sequence === 2);
      await cutOff.until(({ state }) => state.state === 'retrying');
      wire.mend();
      await cutOff.untilBefore(
        ({ state }) => state.state === 'standby',
        ({ sequence }) => sequence === 2,
      );
      await cutOff.stop();
      await successor.stop();
      expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
      expect(await check(store)).toMatchObject({ outcome: 'equal' });
    });
  });

  it('of the server ending the connection in the middle of batches loses nothing', async () => {
    const store = new InMemoryEventStore();
    write(store, opening);
    const running = new Running(store, pool, { batchEventsMax: 1 });
    for (let index = 0; index < 60; index += 1) {
      deposit(store, `d${index}`);
      if (index % 20 !== 10) continue;
      await running.until(({ sequence }) => sequence > index - 5);
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
           AND query LIKE '%projection_engine%'`,
      );
    }
    await running.until(({ sequence }) => sequence === 61);
    await running.stop();
    expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 61 } });
  });
});
