import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type * as library from '#embedded-event-store';
import { appendOutline, events, LOG_FILE, outline, until } from './open-store.js';

/** A thread runs compiled code; `npm run build` makes it. */
const compiled = new URL('../../../dist/libs/embedded-event-store/src/index.js', import.meta.url);

describe.skipIf(!existsSync(compiled))(
  'a node in a thread of its own (the compiled program)',
  () => {
    let directory: string;
    let start: typeof library.startEmbeddedEventStoreWorker;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'daybook-events-'));
      ({ startEmbeddedEventStoreWorker: start } = (await import(compiled.href)) as typeof library);
    });
    afterEach(() => rm(directory, { recursive: true, force: true }));

    it('keeps on a real disk what it acknowledged, over stops and starts', async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        const store = await start({ directory });
        expect(store.connectionString).toBe(`esdb://127.0.0.1:${store.port}?tls=false`);
        const client = EventStoreDBClient.connectionString(store.connectionString);
        const expected = turn === 0 ? 'no_stream' : BigInt(turn * 2 - 1);
        expect(await appendOutline(client, 's', events(2), expected)).toBe(`ok ${turn * 2 + 1}`);
        expect(await outline(client.readStream('s'))).toHaveLength(turn * 2 + 2);
        await store.stop();
        expect(await outline(client.readStream('s'))).toBe('unavailable');
        await client.dispose();
      }
    });

    it('listens on the port it was given, and tells when that is taken', async () => {
      const first = await start({ directory });
      const taken = start({ directory: join(directory, 'second'), port: first.port });
      await expect(taken).rejects.toThrow(/cannot listen on 127.0.0.1:\d+.*choose another port/);
      await first.stop();
      const again = await start({ directory, port: first.port });
      expect(again.port).toBe(first.port);
      await again.stop();
    });

    it('does not start on a file that is no event log, and says so', async () => {
      const bytes = 'something of somebody else, and longer than a header';
      await writeFile(join(directory, LOG_FILE), bytes);
      await expect(start({ directory })).rejects.toThrow(/events-0+20\.log is not an event log/);
      expect(await readFile(join(directory, LOG_FILE), 'utf8')).toBe(bytes);
    });

    it('refuses a backup once it has ended', async () => {
      const store = await start({ directory });
      const running = store.backup(join(directory, 'first'));
      await expect(running).resolves.toMatchObject({ events: 0 });
      await store.stop();
      await expect(store.backup(join(directory, 'second'))).rejects.toThrow('ended before');
    });

    it('reports no failure when it is stopped', async () => {
      const failures: Error[] = [];
      const store = await start({ directory, onFailure: (error) => failures.push(error) });
      await Promise.all([store.stop(), store.stop()]);
      await store.stop();
      await until(() => true);
      expect(failures).toEqual([]);
    });
  },
);
