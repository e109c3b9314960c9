import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestFile } from '../../../apps/daybook/src/backup/backup-files.js';
import {
  newManifest,
  readManifest,
  writeManifest,
} from '../../../apps/daybook/src/backup/manifest.js';
import { verifyBackup } from '../../../apps/daybook/src/backup/restore-backup.js';

const flips = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 5_000 : 200;
const contents = {
  'eventstore/000.log': 'events\0of\xffthe store',
  'kept/kept.delivery.csv': 'digest,source\nabc,shop\n',
  'keys/key-encryption-key': '00ff\n',
};

let folder: string;
let directory: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-damaged-'));
  directory = await wholeBackup('whole');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function wholeBackup(name: string, changedPath?: string): Promise<string> {
  const backup = join(folder, name);
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(backup, path)), { recursive: true });
    await writeFile(join(backup, path), text, 'latin1');
  }
  const [log, table, key] = await Promise.all(
    Object.keys(contents).map((path) => digestFile(backup, path)),
  );
  const delivery = { schema: 'kept', table: 'delivery', columns: ['digest', 'source'], rows: 1 };
  const manifest = newManifest({
    takenAt: '2026-01-02T03:04:05.000Z',
    release: '0.1.0',
    dataDirectoryFormatVersion: 1,
    ledgerId: 'ledger',
    storeId: 'store',
    ledgerEvents: 3,
    eventStore: { events: 3, bytes: log!.bytes, lastPosition: 17, files: [log!] },
    kept: {
      migrations: ['KeptSchema1763700000000'],
      tables: [{ ...table!, ...delivery, path: changedPath ?? table!.path }],
    },
    keys: { files: [key!], expectedIn: 'keys/ of the data directory' },
  });
  await writeManifest(backup, manifest);
  return backup;
}

const verify = async (backup: string) => verifyBackup(backup, await readManifest(backup));

describe('a backup', () => {
  it('that is as it was written is taken', async () => {
    await expect(verify(directory)).resolves.toBeUndefined();
  });

  it('of which one bit was changed, in whichever file, is refused', async () => {
    const paths = [...Object.keys(contents), 'manifest.json'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat(7), async (path, at, bit) => {
        const file = join(directory, path);
        const whole = await readFile(file);
        const changed = Buffer.from(whole);
        changed[at % whole.length]! ^= 1 << bit;
        await writeFile(file, changed);
        try {
          // The newline behind the manifest says nothing, whatever blank it becomes.
          if (path === 'manifest.json' && sameJson(whole, changed)) return;
          await expect(verify(directory)).rejects.toMatchObject({ name: 'BackupRefused' });
        } finally {
          await writeFile(file, whole);
        }
      }),
      { numRuns: flips },
    );
  });

  it('that ends early, or lacks a file, is refused by the name of the file', async () => {
    const short = await wholeBackup('short');
    await writeFile(join(short, 'eventstore/000.log'), 'events');
    await expect(verify(short)).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringMatching(/000\.log has 6 bytes, not \d+/),
    });
    await rm(join(short, 'eventstore/000.log'));
    await expect(verify(short)).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringContaining('000.log cannot be read (ENOENT)'),
    });
  });

  it('without a manifest is none', async () => {
    const unfinished = await wholeBackup('unfinished');
    await rm(join(unfinished, 'manifest.json'));
    await expect(verify(unfinished)).rejects.toMatchObject({ code: 'not_a_backup' });
  });

  it.each(['../kept.csv', 'kept/../../kept.csv', '/etc/passwd', 'kept//x', 'elsewhere/x'])(
    'that names the file %s is refused, since a restore would follow',
    async (path) => {
      const leading = await wholeBackup(`leading-${path.replaceAll('/', '_')}`, path);
      await expect(verify(leading)).rejects.toMatchObject({ code: 'backup_damaged' });
    },
  );
});

function sameJson(left: Buffer, right: Buffer): boolean {
  try {
    return (
      JSON.stringify(JSON.parse(left.toString())) === JSON.stringify(JSON.parse(right.toString()))
    );
  } catch {
    return false;
  }
}
