import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectEventStore } from '#event-store';
import { startEmbeddedEventStore } from '#embedded-event-store';
import { defaultLedgerPrefix } from '#kernel';
import { startRunningDaybook } from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';
import { VerifiedLedger } from './verified-ledger.js';

const deliveries = 60;
const token = 'bearer-of-seals';

let ledger: VerifiedLedger;
let databaseUrl: string;
let folder: string;
let seals: string;

beforeAll(async () => {
  ledger = await VerifiedLedger.import({ seed: 12, events: deliveries });
  databaseUrl = await ledger.copyOfDatabase();
  folder = await mkdtemp(join(tmpdir(), 'daybook-audit-'));
  seals = join(folder, 'seals');
});
afterAll(async () => {
  await ledger.remove();
  await rm(folder, { recursive: true, force: true });
});

function audit(dataDirectory: string, ...words: readonly string[]) {
  return runDaybook(['audit', ...words, '--data', dataDirectory], { DATABASE_URL: databaseUrl });
}

interface Report {
  readonly outcome: string;
  readonly events: number;
  readonly findings: readonly Readonly<Record<string, unknown>>[];
}

async function reportOf(dataDirectory: string): Promise<Report> {
  const key = join(folder, 'vkey');
  const words = ['verify', '--checkpoint', seals, '--key', key, '--json'];
  const { output, notes } = await audit(dataDirectory, ...words);
  if (output === '') throw new Error(notes);
  return JSON.parse(output) as Report;
}

describe('the audit of a ledger', () => {
  it('seals it outside, once, and hands out a key', async () => {
    const { dataDirectory } = ledger;
    const sealed = await audit(dataDirectory, 'seal', '--to', seals);
    expect(sealed).toMatchObject({ exitCode: 0, notes: '' });
    expect(sealed.output).toMatch(/^Sealed at .+: \d+ events, root [0-9a-f]{64}, \d tiles, key/);
    const again = await audit(dataDirectory, 'seal', '--to', seals);
    expect(again.output).toMatch(/^Nothing new at /);
    const key = await audit(dataDirectory, 'key');
    expect(key.output).toMatch(/^daybook\/[0-9a-f-]{36}\+[0-9a-f]{8}\+A\S{43}\n$/);
    await writeFile(join(folder, 'vkey'), key.output);
    const refused = await audit(dataDirectory, 'seal', '--to', join(dataDirectory, 'seals'));
    expect(refused.exitCode).toBe(2);
  });

  it('finds it as it was sealed, with and without Daybook', async () => {
    const { dataDirectory } = ledger;
    expect(await reportOf(dataDirectory)).toMatchObject({ outcome: 'sound', findings: [] });
    const bundle = join(folder, 'five.tlog-proof');
    await audit(dataDirectory, 'prove', '5', '--from', seals, '--output', bundle);
    const key = join(folder, 'vkey');
    const unknown = ['audit', 'prove', 'abc', '--from', seals, '--json', '--data', dataDirectory];
    const notFound = await runDaybook(unknown);
    expect(notFound).toMatchObject({ exitCode: 2, output: '' });
    expect(JSON.parse(notFound.notes)).toMatchObject({ code: 'event_not_found' });

    const proven = await runDaybook(['audit', 'verify-proof', bundle, '--key', key]);
    expect(proven.exitCode).toBe(0);
    expect(proven.output).toContain('Proven: this event is number 5 of the ');
    const changed = (await readFile(bundle, 'utf8')).replace('index 5', 'index 6');
    await writeFile(bundle, changed);
    const refused = await runDaybook(['audit', 'verify-proof', bundle, '--key', key]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.output).toContain('Not proven: ');
  });

  it('finds that the last three events are gone though the read models were rebuilt', async () => {
    const tampered = await copyWithoutTail(3);
    databaseUrl = await databaseDerivedFrom(tampered);
    const verified = await runDaybook(['verify', '--full', '--data', tampered], {
      DATABASE_URL: databaseUrl,
    });
    expect(verified.output).toContain('No difference.');

    const { findings, events } = await reportOf(tampered);
    expect(findings).toMatchObject([
      { code: 'seal_differs', kind: 'truncated', sequence: events, events: 3 - 1 },
    ]);
    const people = await audit(tampered, 'verify', '--checkpoint', seals);
    expect(people.exitCode).toBe(1);
    expect(people.output).toContain(`first difference at sequence ${events} (truncated, 2 events)`);
    const unsealed = await audit(tampered, 'verify');
    expect(unsealed.output).toContain('A tail that was cut off cannot be seen without one');
  });
});

/** The ledger's events but the last, in a data directory like its own. The last one is the seal. */
async function copyWithoutTail(count: number): Promise<string> {
  const original = await startEmbeddedEventStore({
    directory: join(ledger.dataDirectory, 'eventstore'),
  });
  const reader = connectEventStore({ connectionString: original.connectionString, access: 'read' });
  const events = [];
  const all = { streamPrefix: defaultLedgerPrefix, after: 'start' } as const;
  for await (const event of reader.readAll(all)) events.push(event);
  await reader.close();
  await original.stop();
  const directory = await ledger.newFolder();
  const forged = await startEmbeddedEventStore({ directory });
  const store = connectEventStore({ connectionString: forged.connectionString });
  for (const { stream, revision, ...event } of events.slice(0, -count)) {
    const expectedRevision = revision === 0 ? 'no_stream' : revision - 1;
    const toAppend = { ...event, data: event.data as object, metadata: event.metadata as object };
    await store.append({ stream, expectedRevision, events: [toAppend] });
  }
  await store.close();
  await forged.stop();
  return ledger.copyOfDataDirectory(directory);
}

/** A database whose read models were derived from what the store holds now. */
async function databaseDerivedFrom(dataDirectory: string): Promise<string> {
  const url = await ledger.copyOfDatabase();
  const pool = ledger.pool(url);
  const { rows } = await pool.query<{ derived: string }>(
    `SELECT string_agg(quote_ident(nspname), ', ') AS derived FROM pg_namespace
     WHERE nspname = 'projection_engine' OR nspname ~ '_v[0-9]+_g[0-9]+$'`,
  );
  await pool.query(`DROP SCHEMA ${rows[0]?.derived ?? ''} CASCADE`);
  const daybook = await startRunningDaybook({ dataDirectory, environment: { DATABASE_URL: url } });
  await vi.waitFor(
    async () => {
      const { body } = await daybook.get('/health/ready');
      expect(body).toMatchObject({ checks: { projector: { state: 'caught_up' } } });
    },
    { timeout: 60_000 },
  );
  await daybook.end();
  return url;
}

describe('a Daybook that serves', () => {
  let server: Server;
  const held = new Map<string, Buffer>();
  const refusals: number[] = [];

  beforeAll(async () => {
    let failures = 2;
    server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const path = request.url ?? '';
        if (request.headers.authorization !== `Bearer ${token}`) refusals.push(401);
        else if (request.method === 'PUT' && failures-- > 0) refusals.push(503);
        else if (request.method === 'PUT') {
          held.set(path, body);
          response.writeHead(201).end();
          return;
        } else {
          response.writeHead(held.has(path) ? 200 : 404).end(held.get(path));
          return;
        }
        response.writeHead(refusals.at(-1) ?? 500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('seals at its address when it ends, with its token, and again where that fails', async () => {
    const { port } = server.address() as AddressInfo;
    const dataDirectory = await ledger.copyOfDataDirectory();
    const environment = {
      DATABASE_URL: await ledger.copyOfDatabase(),
      DAYBOOK_SEAL_URL: `http://127.0.0.1:${port}/log`,
      DAYBOOK_SEAL_TOKEN: token,
    };
    const daybook = await startRunningDaybook({ dataDirectory, environment });
    expect(await daybook.end()).toBe(0);
    expect([...held.keys()][0]).toMatch(/^\/log\/tile\/0\/000/);
    expect([...held.keys()].at(-1)).toBe('/log/checkpoint');
    expect(refusals).toEqual([503, 503]);
    expect(daybook.log()).not.toContain(token);
    const verified = await runDaybook(
      ['audit', 'verify', '--data', dataDirectory, '--json'],
      environment,
    );
    expect(JSON.parse(verified.output)).toMatchObject({
      outcome: 'sound',
      seals: [{ place: `http://127.0.0.1:${port}/log`, outcome: 'sound' }],
    });
  });
});
