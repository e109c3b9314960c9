import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { readKeyFile } from '#personal-data';
import { simulate } from '#simulation';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { putDataDirectory } from '../doubles/prepared-copies.js';
import { runDaybook } from './command-line.js';

const seed = 23;
const deliveries = [...simulate({ seed, events: 240 })];
const early = deliveries.slice(0, 120);

let folder: string;
let original: RunningDaybook;
/** Every event of the ledger as it was at the end, by stream and revision. */
let facts: readonly string[];
let earlyPosition: string;

const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-backup-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  await putDataDirectory(at('data'));
  original = await startRunningDaybook({ dataDirectory: at('data') });
  earlyPosition = await send(original, early);
  const [backup] = await Promise.all([
    runDaybook(['backup', at('backup'), '--with-keys', '--json', '--data', at('data')]),
    // What is written meanwhile may be in the backup or not.
    send(original, deliveries.slice(120, 180)),
  ]);
  expect(backup.notes).toBe('');
  expect(JSON.parse(backup.output)).toMatchObject({ keys: { files: [{}] } });
  await send(original, deliveries.slice(180));
  facts = await factsOf(at('data'));
});
afterAll(async () => {
  await original.end();
  await rm(folder, { recursive: true, force: true });
});

async function send(daybook: RunningDaybook, batch: readonly object[]): Promise<string> {
  const { status, body } = await daybook.post('/v1/events', batch, {
    'content-type': 'application/cloudevents-batch+json',
  });
  expect(status).toBe(200);
  return (body as { readonly position: string }).position;
}

async function factsOf(dataDirectory: string): Promise<readonly string[]> {
  const { eventStoreUrl } = JSON.parse(await readFile(join(dataDirectory, 'run.json'), 'utf8')) as {
    readonly eventStoreUrl: string;
  };
  const store = connectEventStore({ connectionString: eventStoreUrl, access: 'read' });
  const found: string[] = [];
  const reading = store.readAll({ streamPrefix: defaultLedgerPrefix, after: 'start' });
  for await (const { stream, eventId } of reading) found.push(`${stream} ${eventId}`);
  await store.close();
  return found.toSorted();
}

const restore = (backup: string, target: string, ...options: readonly string[]) =>
  runDaybook(['restore', at(backup), '--data', at(target), ...options]);

describe('a backup of a Daybook that goes on', () => {
  it('holds what was acknowledged before, and is whole again once the senders have repeated the rest', async () => {
    const run = await restore('backup', 'restored', '--json');
    expect(run).toMatchObject({ notes: '', exitCode: 0 });
    const { ledgerEvents } = JSON.parse(run.output) as { readonly ledgerEvents: number };

    const restored = await startRunningDaybook({ dataDirectory: at('restored') });
    try {
      const held = await factsOf(at('restored'));
      expect(held).toHaveLength(ledgerEvents);
      expect(held.length).toBeLessThan(facts.length);
      expect(facts).toEqual(expect.arrayContaining([...held]));

      const position = await send(restored, deliveries);
      expect(await factsOf(at('restored'))).toEqual(facts);
      const read = await restored.get(`/v1/stats?after=${position}&wait=20000`);
      expect(read.status).toBe(200);
      expect(await restored.get(`/v1/stats?after=${earlyPosition}`)).toMatchObject({
        status: 400,
        body: { code: 'position_token_invalid' },
      });
      const verified = await verification(at('restored'));
      expect(verified.output).toContain('No difference.');
      expect(verified.exitCode).toBe(0);
    } finally {
      await restored.end();
    }
  });

  it('without keys starts only where they are brought', async () => {
    const taken = await runDaybook(['backup', at('keyless'), '--data', at('data')]);
    expect(taken.output).toContain('Keys: NOT in the backup');
    const run = await restore('keyless', 'without-keys');
    expect(run.output).toContain('Put the key file into');
    await expect(startRunningDaybook({ dataDirectory: at('without-keys') })).rejects.toThrow(
      /key-encryption-key/,
    );

    const wrong = await restore('keyless', 'wrong-keys', '--keys', at('data/eventstore'));
    expect(wrong.notes).toContain('holds no key-encryption-key');
    expect(wrong.exitCode).toBe(2);

    const keys = join(at('data'), 'keys');
    await readKeyFile(at('key of another'), { create: true });
    const another = await restore(
      'keyless',
      'wrong-keys',
      '--keys',
      at('key of another'),
      '--json',
    );
    expect(another).toMatchObject({ exitCode: 2, output: '' });
    // Whatever was worth a line of the log, as on a busy machine, stands before it.
    const lastLine = another.notes.trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(lastLine)).toMatchObject({ code: 'key_file_wrong', exitCode: 2 });
    expect(await readdir(at('wrong-keys'))).toEqual(['lock']);
    expect(await restore('keyless', 'with-keys', '--keys', keys)).toMatchObject({ exitCode: 0 });
    const key = await readFile(join(keys, 'key-encryption-key'), 'utf8');
    expect(await readFile(at('with-keys/keys/key-encryption-key'), 'utf8')).toBe(key);
  });

  it('is taken of a Daybook that does not run as well', async () => {
    const again = await runDaybook(['backup', at('second'), '--json', '--data', at('restored')]);
    const before = JSON.parse(await readFile(at('backup/manifest.json'), 'utf8')) as Manifest;
    const { ledgerEvents, ledgerId, storeId } = JSON.parse(again.output) as Manifest;
    expect({ ledgerEvents, ledgerId }).toEqual({
      ledgerEvents: facts.length,
      ledgerId: before.ledgerId,
    });
    expect(storeId).not.toBe(before.storeId);
  });
});

interface Manifest {
  readonly ledgerEvents: number;
  readonly ledgerId: string;
  readonly storeId: string;
}

describe('a backup', () => {
  it('goes into an empty folder alone, and not into what it protects', async () => {
    for (const [target, words] of [
      [at('backup'), 'is not empty'],
      [join(at('data'), 'inside'), 'lies in the data directory'],
      [at('backup/manifest.json'), 'cannot be used as a folder'],
      [at('backup/manifest.json/below'), 'cannot be used as a folder'],
    ] as const) {
      const run = await runDaybook(['backup', target, '--data', at('data')]);
      expect(run.notes).toContain(words);
      expect(run.exitCode).toBe(2);
    }
  });

  it('that was broken off, or of which a byte was changed, is refused before anything is written', async () => {
    await cp(at('backup'), at('broken-off'), { recursive: true });
    await rm(at('broken-off/manifest.json'));
    await cp(at('backup'), at('flipped'), { recursive: true });
    const changed = await readFile(at('flipped/kept/kept.delivery.csv'));
    changed[changed.length >> 1]! ^= 1;
    await writeFile(at('flipped/kept/kept.delivery.csv'), changed);
    await cp(at('backup'), at('edited'), { recursive: true });
    const manifest = await readFile(at('edited/manifest.json'), 'utf8');
    await writeFile(at('edited/manifest.json'), manifest.replace('"rows": 0', '"rows": 1'));

    for (const [backup, words] of [
      ['broken-off', 'is no backup'],
      ['flipped', 'kept.delivery.csv is not as it was written'],
      ['edited', 'manifest.json is not as it was written'],
    ] as const) {
      const run = await restore(backup, `from-${backup}`);
      expect(run.notes).toContain(words);
      expect(run.exitCode).toBe(2);
      await expect(readFile(at(`from-${backup}/format-version`))).rejects.toThrow('ENOENT');
    }
  });

  it('is restored into an empty folder alone', async () => {
    const run = await restore('backup', 'data');
    expect(run.notes).toContain('is not empty');
    expect(run.exitCode).toBe(2);
  });

  it('of the event store is given to nobody who cannot read the data directory', async () => {
    const body = { directory: at('stolen') };
    expect(await original.post('/v1/event-store-backups', body)).toMatchObject({
      status: 403,
      body: { code: 'control_refused' },
    });
  });
});
