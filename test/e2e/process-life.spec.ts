import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';

const opened: (RunningDaybook | TemporaryPostgres)[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.stop();
});

async function start(options: Parameters<typeof startRunningDaybook>[0] = {}) {
  const daybook = await startRunningDaybook(options);
  opened.push(daybook);
  return daybook;
}

describe('a process whose embedded PostgreSQL dies', () => {
  it('says so, ends in order with a code that is not zero, and can be started again', async () => {
    const daybook = await start();
    const cluster = join(daybook.dataDirectory, 'postgres', 'cluster', 'postmaster.pid');
    const [processId] = (await readFile(cluster, 'utf8')).split('\n');
    process.kill(Number(processId), 'SIGKILL');

    expect(await daybook.ended()).toBe(3);
    expect(daybook.log()).toContain('Daybook cannot go on: PostgreSQL ended');

    const again = await start({ dataDirectory: daybook.dataDirectory });
    expect(await again.get('/health/ready')).toMatchObject({ status: 200 });
  });
});

describe('a data directory in use', () => {
  it('is refused to a second process, which leaves the first alone', async () => {
    const daybook = await start();
    await expect(startRunningDaybook({ dataDirectory: daybook.dataDirectory })).rejects.toThrow(
      /exit code 3[^]*has held the lock/,
    );
    expect(await daybook.get('/health/ready')).toMatchObject({ status: 200 });
  });

  it('tells its owner alone where it is served', async () => {
    const daybook = await start();
    const { mode } = await stat(join(daybook.dataDirectory, 'run.json'));
    expect(mode & 0o777).toBe(0o600);
    await daybook.end();
    await expect(stat(join(daybook.dataDirectory, 'run.json'))).rejects.toThrow('ENOENT');
  });
});

describe('a port in use', () => {
  it('is told in one line, before anything is started', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'daybook-port-spec-'));
    try {
      const { port } = holder.address() as AddressInfo;
      const run = await runDaybook(['serve', '--port', String(port), '--data', folder]);
      expect(run.notes).toMatch(
        new RegExp(`^Port ${port} on 127.0.0.1 is in use by another program\\..*\n$`),
      );
      expect(run.exitCode).toBe(3);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      holder.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('a store and a database that do not belong together', () => {
  it('are refused at start, before anything is written', async () => {
    const postgres = await startTemporaryPostgres();
    opened.push(postgres);
    const environment = { DATABASE_URL: postgres.connectionString };
    const first = await start({ environment });
    await first.end();

    await expect(startRunningDaybook({ environment })).rejects.toThrow(
      /exit code 3[^]*The database belongs to the ledger/,
    );
  });
});

describe('read models that were derived with other reference data', () => {
  const capture = {
    specversion: '1.0',
    id: 'capture-1',
    source: 'psp',
    type: 'PaymentCaptured',
    objectid: 'payment-1',
    time: '2026-01-31T23:30:00Z',
    data: {
      tender: 'card',
      amount: { minor: 100, currency: 'EUR' },
      legalEntity: 'entity-de',
      capture: 'capture-1',
      orderRefs: [{ order: 'order-shop:1', amount: { minor: 100, currency: 'EUR' } }],
    },
  };

  it('are derived again at the next start, and not compared with the new ones', async () => {
    const daybook = await start();
    const position = (await daybook.post('/v1/events', capture)).headers.get('daybook-position');
    const entriesOf = (period: string, of: RunningDaybook) =>
      of.get(`/v1/entries?period=${period}&after=${position}&wait=20000`);
    const oneEntry = { status: 200, body: { items: [{ eventType: 'PaymentCaptured' }] } };
    expect(await entriesOf('2026-01', daybook)).toMatchObject(oneEntry);
    await daybook.end();

    const legalEntities = { 'entity-de': { zone: 'Europe/Berlin' } };
    await writeFile(join(daybook.dataDirectory, 'daybook.json'), JSON.stringify({ legalEntities }));
    expect(await verification(daybook.dataDirectory)).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('other reference data'),
    });

    const again = await start({ dataDirectory: daybook.dataDirectory });
    // What was read is read on until a generation by the new reference data has caught up.
    await expect
      .poll(() => entriesOf('2026-02', again), { timeout: 30_000 })
      .toMatchObject(oneEntry);
    expect(await entriesOf('2026-01', again)).toMatchObject({ body: { items: [] } });
    const running = await verification(again.dataDirectory);
    expect(running).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('No difference'),
    });
  });
});

describe('a configuration with mistakes', () => {
  it('is refused with all of them, and without the secrets in it', async () => {
    const environment = {
      DATABASE_URL: 'mysql://daybook:secret@database',
      EVENTSTORE_URL: 'http:',
    };
    const refusal = await startRunningDaybook({ environment }).then(
      () => 'It started.',
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(/exit code 2[^]*EVENTSTORE_URL[^]*DATABASE_URL/);
    expect(refusal).not.toContain('secret');
  });
});

describe('a process that is asked to end while clients go on sending', () => {
  it('answers what it took and ends', async () => {
    const daybook = await start();
    const ended = new AbortController();
    const senders = Array.from({ length: 8 }, async () => {
      while (!ended.signal.aborted) {
        await daybook.get('/health/live').catch(() => ended.abort());
      }
    });
    await daybook.end();
    ended.abort();
    await Promise.all(senders);
    expect(daybook.log()).not.toContain('did not end well');
  });
});
