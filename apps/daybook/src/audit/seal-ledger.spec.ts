import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { originOf } from '#audit';
import { defaultLedgerPrefix } from '#kernel';
import { InMemoryEventStore } from '../../../../test/doubles/in-memory-event-store.js';
import { DirectoryTarget } from './directory-target.js';
import { makeTreeAgain } from './kept-tree.js';
import { sealLedger, type SealOutcome } from './seal-ledger.js';
import { loadSealKey, sealKeyFile } from './seal-key.js';
import { sealTargetAt } from './seal-place.js';

const ledgerId = '00000000-0000-4000-8000-000000000001';
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-seal-'));
  folders.push(folder);
  return folder;
}

async function givenLedger(events: number) {
  const dataDirectory = await newFolder();
  await mkdir(join(dataDirectory, 'keys'));
  const store = new InMemoryEventStore();
  write(store, 0, events);
  return { dataDirectory, store, place: join(await newFolder(), 'seals') };
}

function write(store: InMemoryEventStore, from: number, to: number, word = 'event'): void {
  for (let index = from; index < to; index += 1) {
    store.write(`${defaultLedgerPrefix}order-shop:${index % 7}`, {
      eventId: `${word} ${index}`,
      type: 'Happened',
      data: { index },
      metadata: {},
    });
  }
}

type Given = Awaited<ReturnType<typeof givenLedger>>;

function seal({ store, dataDirectory, place }: Given): Promise<SealOutcome> {
  return sealLedger({
    store,
    target: new DirectoryTarget(place),
    ledgerId,
    dataDirectory,
    keyFile: sealKeyFile(dataDirectory),
    clock: () => '2026-03-01T00:00:00.000Z',
  });
}

describe('a seal', () => {
  it('brings tiles and checkpoint outside and is recorded; the next one covers that record', async () => {
    const given = await givenLedger(300);
    expect(await seal(given)).toMatchObject({ outcome: 'published', tilesWritten: 3 });
    expect(await readFile(join(given.place, 'checkpoint'), 'utf8')).toMatch(
      /^daybook\/00000000-0000-4000-8000-000000000001\n300\n\S{44}\n\n— daybook\/\S+ \S+\n$/,
    );
    expect((await stat(join(given.place, 'tile/0/000'))).size).toBe(8_192);
    expect((await stat(join(given.place, 'tile/0/001.p/44'))).size).toBe(44 * 32);
    const tail = await given.store.readTail(defaultLedgerPrefix);
    expect(tail).toMatchObject({
      stream: `${defaultLedgerPrefix}ledger-seals`,
      type: 'SealPublished',
      data: { size: 300, fromSequence: 0, target: { kind: 'directory', place: given.place } },
    });
    write(given.store, 300, 600);
    expect(await seal(given)).toMatchObject({
      outcome: 'published',
      fromSequence: 300,
      checkpoint: { size: 601 },
    });
  });

  it('is not published again while nothing but seals is new', async () => {
    const given = await givenLedger(10);
    await seal(given);
    const before = await readdir(given.place, { recursive: true });
    const again = await seal(given);
    expect(again).toMatchObject({ outcome: 'nothing_new', checkpoint: { size: 10 } });
    expect(await readdir(given.place, { recursive: true })).toEqual(before);
    expect((await given.store.readTail(defaultLedgerPrefix))?.revision).toBe(0);
  });

  it('is recorded later where the process ended after its publication', async () => {
    const given = await givenLedger(10);
    const append = given.store.append.bind(given.store);
    given.store.append = () => Promise.reject(new Error('killed'));
    await expect(seal(given)).rejects.toThrow('killed');
    given.store.append = append;
    expect(await seal(given)).toMatchObject({ outcome: 'nothing_new' });
    expect((await given.store.readTail(defaultLedgerPrefix))?.type).toBe('SealPublished');
  });

  it('is the same whether its tree was kept or is made again', async () => {
    const kept = await givenLedger(1_000);
    await seal(kept);
    write(kept.store, 1_000, 2_000);
    const outcome = await seal(kept);
    if (outcome.outcome === 'refused') throw new Error(outcome.message);
    const again = await makeTreeAgain({
      store: kept.store,
      prefix: defaultLedgerPrefix,
      ledgerId,
      folder: await newFolder(),
    });
    expect(await again.tree.root(2_001)).toEqual(outcome.checkpoint.root);
    await rm(join(kept.dataDirectory, 'audit', 'tile', '0', '003'));
    await writeFile(join(kept.dataDirectory, 'audit', 'tile', '0', '001'), Buffer.alloc(8_192));
    write(kept.store, 2_000, 2_001);
    const third = await seal({ ...kept, place: join(await newFolder(), 'third') });
    expect(third).toMatchObject({ outcome: 'published', fromSequence: 0 });
  });

  it('is refused where the store holds less than was sealed', async () => {
    const given = await givenLedger(300);
    await seal(given);
    const shorter = { ...given, store: new InMemoryEventStore() };
    write(shorter.store, 0, 297);
    expect(await seal(shorter)).toMatchObject({ outcome: 'refused', code: 'target_ahead' });
  });

  it('is refused where the store holds other events than were sealed', async () => {
    const given = await givenLedger(300);
    await seal(given);
    const other = { ...given, store: new InMemoryEventStore() };
    write(other.store, 0, 300, 'other');
    expect(await seal(other)).toMatchObject({ outcome: 'refused', code: 'target_differs' });
  });

  it('is refused where another ledger publishes, and where a tile there is another', async () => {
    const given = await givenLedger(600);
    await seal(given);
    const other = await givenLedger(10);
    expect(await seal({ ...other, place: given.place })).toMatchObject({
      outcome: 'refused',
      code: 'target_of_another_log',
    });
    await rm(join(given.place, 'checkpoint'));
    write(given.store, 600, 601);
    await writeFile(join(given.place, 'tile/0/001'), Buffer.alloc(8_192, 1));
    const refused = await seal(given);
    expect(refused).toMatchObject({ outcome: 'refused', code: 'tile_differs' });
    expect(refused.outcome === 'refused' && refused.message).toContain('tile/0/001');
  });

  it('is signed with a key that only its owner can read, made once', async () => {
    const given = await givenLedger(1);
    const file = sealKeyFile(given.dataDirectory);
    const origin = originOf(ledgerId);
    const keys = await Promise.all([1, 2, 3].map(() => loadSealKey(file, origin)));
    expect(new Set(keys.map(({ verifier }) => verifier.keyId)).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(given.dataDirectory, 'keys'))).toEqual(['seal-key']);
    await expect(loadSealKey(file, originOf('another'))).rejects.toThrow('DAYBOOK_SEAL_KEY_FILE');
  });
});

describe('the place of seals', () => {
  it('is refused in the data directory, by whatever path', async () => {
    const { dataDirectory } = await givenLedger(0);
    const link = join(await newFolder(), 'link');
    await symlink(dataDirectory, link);
    for (const place of [dataDirectory, join(dataDirectory, 'seals'), join(link, 'a', 'b')]) {
      expect(() => sealTargetAt(place, { dataDirectory })).toThrow('data directory');
    }
    expect(sealTargetAt(`${dataDirectory}-seals`, { dataDirectory }).kind).toBe('directory');
  });
  it('is refused where a secret would show or travel in clear', () => {
    const options = { dataDirectory: tmpdir(), token: 'secret-token' };
    for (const place of ['http://seals.example/log', 'https://ada:pw@seals.example/']) {
      expect(() => sealTargetAt(place, options)).toThrow(/clear|user, a password/);
    }
    expect(sealTargetAt('https://seals.example/log', options)).toMatchObject({
      kind: 'http',
      place: 'https://seals.example/log',
    });
  });
});
