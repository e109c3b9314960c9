import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  KeyRing,
  PersonalDataVault,
  PostgresDataKeyStore,
  rotateKeyEncryptionKey,
} from '#personal-data';
import { RecordingBench } from '../recording/recording-bench.js';

describe('rotating the key-encryption key', () => {
  let bench: RecordingBench;
  let folder: string;
  let path: string;
  const place = { leaf: 'order-shop.eu:1', field: 'customer' };
  const subjects = Array.from({ length: 23 }, (_, index) => `subject ${index}`);

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-rotation-'));
    path = join(folder, 'key-encryption-key');
    await bench.pool.query('TRUNCATE kept.subject_key, kept.key_generation');
    return () => rm(folder, { recursive: true });
  });

  const openRing = (create = false) => KeyRing.open(bench.pool, path, { create });
  const vaultOf = (ring: KeyRing) =>
    new PersonalDataVault(ring, new PostgresDataKeyStore(bench.pool));
  const sealAll = (ring: KeyRing) =>
    vaultOf(ring).sealAll(subjects.map((subject) => ({ clear: subject, subject, place })));
  async function expectAllOpen(ring: KeyRing, sealed: Awaited<ReturnType<typeof sealAll>>) {
    const opened = await vaultOf(ring).openAll(sealed.map((each) => ({ sealed: each, place })));
    expect(opened).toEqual(subjects.map((value) => ({ outcome: 'clear', value })));
  }

  it('opens everything afterwards, under the same digests, and the former key opens nothing', async () => {
    const ring = await openRing(true);
    const sealed = await sealAll(ring);
    const digests = [ring.subjectDigest('ada'), ring.indexDigest('ada')];
    const former = `${path}-former`;
    await copyFile(path, former);

    const rotation = await rotateKeyEncryptionKey(bench.pool, ring, 10);

    expect(rotation).toEqual({ generation: 2, rewrapped: subjects.length, resumed: false });
    expect(await readFile(path, 'utf8')).toMatch(/^2 [0-9a-f]{64}\n$/);
    await expectAllOpen(ring, sealed);
    const reopened = await openRing();
    await expectAllOpen(reopened, sealed);
    expect([reopened.subjectDigest('ada'), reopened.indexDigest('ada')]).toEqual(digests);
    expect((await rotateKeyEncryptionKey(bench.pool, reopened)).generation).toBe(3);
    await expectAllOpen(await openRing(), sealed);
    expect((await openRing()).subjectDigest('ada')).toBe(digests[0]);
    await expect(KeyRing.open(bench.pool, former, { create: false })).rejects.toThrow(
      'of generation 1, and the database of generation 3',
    );
  });

  it('goes on where it was broken off, after whichever of its questions to the database', async () => {
    const ring = await openRing(true);
    const sealed = await sealAll(ring);
    // A rotation of 23 keys in batches of 10 asks less often than this.
    let wasBrokenOff = true;
    for (let questions = 0; wasBrokenOff; questions += 1) {
      expect(questions).toBeLessThan(40);
      const current = await openRing();
      const { generation, isBeingReplaced } = current;
      wasBrokenOff = await rotateKeyEncryptionKey(brokenAfter(bench.pool, questions), current, 10)
        .then(() => false)
        .catch((error: Error) => error.message === 'broken off' || Promise.reject(error));

      const next = await openRing();
      await expectAllOpen(next, sealed);
      if (!wasBrokenOff) continue;
      const ended = await rotateKeyEncryptionKey(bench.pool, next, 10);
      expect(ended.generation).toBe(
        isBeingReplaced ? generation : Math.max(generation + 1, ended.generation),
      );
      expect(next.isBeingReplaced).toBe(false);
    }
    await expectAllOpen(await openRing(), sealed);
  });

  it('leaves no key behind that is claimed while it runs', async () => {
    const ring = await openRing(true);
    const vault = vaultOf(ring);
    // Settled from the start: one that is refused while the rotation runs has nobody waiting yet.
    const sealing = Promise.allSettled(
      Array.from({ length: 60 }, async (_, index) => {
        await new Promise((resolve) => setImmediate(resolve));
        return vault.seal(index, `while it runs ${index}`, place);
      }),
    );
    await rotateKeyEncryptionKey(bench.pool, ring, 5);
    const sealed = [];
    for (const each of await sealing) {
      if (each.status === 'fulfilled') sealed.push(each.value);
      else expect(each.reason).toMatchObject({ code: 'DBKEY' });
    }
    expect(sealed.length).toBeGreaterThan(0);
    const opened = await vaultOf(await openRing()).openAll(
      sealed.map((each) => ({ sealed: each, place })),
    );
    expect(opened.every(({ outcome }) => outcome === 'clear')).toBe(true);
  });

  it('leaves the former key in no draft that a crash left beside the file', async () => {
    const ring = await openRing(true);
    const draft = `${path}.${randomUUID()}`;
    await copyFile(path, draft);
    await writeFile(join(folder, 'seal-key'), 'another file');
    await rotateKeyEncryptionKey(bench.pool, ring);
    expect(await readdir(folder)).toEqual(['key-encryption-key', 'seal-key']);
  });

  it('makes a process that still holds the former key unable to add keys', async () => {
    const other = vaultOf(await openRing(true));
    await rotateKeyEncryptionKey(bench.pool, await openRing());
    await expect(other.seal('late', 'late', place)).rejects.toMatchObject({ code: 'DBKEY' });
  });
});

/** The database as a process sees it that ends after so many questions. */
function brokenAfter(pool: Pool, questionsMax: number): Pool {
  let questions = 0;
  const count = (): void => {
    questions += 1;
    if (questions > questionsMax) throw new Error('broken off');
  };
  const counted = {
    query: async (...parameters: [string, unknown[]]) => {
      count();
      return pool.query(...parameters);
    },
    connect: async () => {
      const client = await pool.connect();
      return {
        query: async (...parameters: [string, unknown[]]) => {
          count();
          return client.query(...parameters);
        },
        release: (error?: Error) => client.release(error),
      };
    },
  };
  return counted as unknown as Pool;
}
