import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merkleLeafHash, signCheckpoint, TileMemory } from '#audit';
import { defaultLedgerPrefix } from '#kernel';
import { DirectoryTarget } from '../../../apps/daybook/src/audit/directory-target.js';
import { readSealKey, sealKeyFile } from '../../../apps/daybook/src/audit/seal-key.js';
import { ledgerOf, SealedLedger, withStore, writeAll, type WrittenEvent } from './sealed-ledger.js';

/** More than two tiles, so that a difference is found by descending. */
const eventsWritten = 700;
const events = ledgerOf(eventsWritten);

let ledger: SealedLedger;

beforeAll(async () => {
  ledger = await SealedLedger.make();
  await withStore(ledger.eventStore, async (store) => {
    await writeAll(store, events);
    await ledger.seal(store);
  });
});
afterAll(async () => {
  await ledger.remove();
});

/** What verification says of a store that was written anew with other events than were sealed. */
async function reportOf(tampered: readonly WrittenEvent[]) {
  return withStore(await ledger.newFolder(), async (store) => {
    await writeAll(store, tampered);
    return ledger.verify(store);
  });
}

describe('a store against a seal that is held elsewhere', () => {
  it('is sound as it was sealed, with what came since named as not sealed yet', async () => {
    await withStore(ledger.eventStore, async (store) => {
      expect(await ledger.verify(store)).toMatchObject({
        outcome: 'sound',
        events: eventsWritten + 1,
        eventsUnsealed: 1,
        recordedSeals: 1,
        findingsTotal: 0,
      });
    });
  });

  it('is sound after it was copied to another store', async () => {
    expect(await reportOf(events)).toMatchObject({ outcome: 'sound', events: eventsWritten });
  });

  it('lacks the last three events, which the first missing sequence tells', async () => {
    const report = await reportOf(events.slice(0, -3));
    expect(report.outcome).toBe('different');
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: 'seal_differs',
        kind: 'truncated',
        sequence: eventsWritten - 3,
        events: 3,
        message: `${eventsWritten} events were sealed, and the store holds ${eventsWritten - 3}.`,
      }),
    ]);
  });

  it('lacks the last three events, which the read models still name where they hold them', async () => {
    await withStore(await ledger.newFolder(), async (store) => {
      await writeAll(store, events.slice(0, -3));
      const named = { leaf: 'order-shop:69', revision: 7, eventId: 'gone', type: 'OrderCaptured' };
      const report = await ledger.verify(store, { namedByReadModels: async () => named });
      expect(report.findings).toMatchObject([{ kind: 'truncated', inReadModels: named }]);
    });
  });

  it.each([1, 300, 511, 512, 698])(
    'holds an event at sequence %i with one character changed, and names it',
    async (sequence) => {
      const { leaf, event } = events[sequence]!;
      const changed = { leaf, event: { ...event, data: { ...event.data, name: 'Ä, £' } } };
      const report = await reportOf(events.with(sequence, changed));
      expect(report.findings).toEqual([
        expect.objectContaining({
          code: 'seal_differs',
          sequence,
          inStore: expect.objectContaining({ leaf, eventId: event.eventId }) as unknown,
        }),
      ]);
      // Whether what follows it is as it was sealed cannot be told of the last event.
      const kinds = sequence === eventsWritten - 1 ? ['changed', 'replaced'] : ['changed'];
      expect(kinds).toContain((report.findings[0] as { kind?: string }).kind);
    },
  );

  it.each([1, 300, 512])('lacks the event at sequence %i in the middle', async (sequence) => {
    const report = await reportOf(events.toSpliced(sequence, 1));
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: 'seal_differs',
        kind: 'removed',
        sequence,
        events: 1,
        // What stands there now is the event that was sealed behind it.
        inStore: expect.objectContaining({
          eventId: events[sequence + 1]!.event.eventId,
        }) as unknown,
      }),
    ]);
  });

  it('holds an event more in the middle', async () => {
    const [first] = ledgerOf(1);
    const event = {
      ...first!.event,
      eventId: '00000000-0000-4000-9000-00000000ffff',
      type: 'Extra',
    };
    const report = await reportOf(events.toSpliced(300, 0, { leaf: 'order-shop:extra', event }));
    expect(report.findings).toMatchObject([
      { kind: 'inserted', sequence: 300, events: 1, inStore: { type: 'Extra' } },
    ]);
  });

  it('is not told to be sound by tiles or a checkpoint that were changed where they lie', async () => {
    const place = await ledger.newFolder();
    await cp(ledger.seals, place, { recursive: true });
    const tile = join(place, 'tile/0/001');
    const hashes = await readFile(tile);
    await writeFile(tile, hashes.with(40, hashes[40]! ^ 1));
    await withStore(await ledger.newFolder(), async (store) => {
      await writeAll(store, events.toSpliced(300, 1));
      const [finding] = (await ledger.verify(store, {}, place)).findings;
      expect(finding).toMatchObject({ code: 'seal_differs' });
      expect(finding?.message).toContain('tile/0/001 was changed');
      const note = await readFile(join(place, 'checkpoint'), 'utf8');
      await writeFile(join(place, 'checkpoint'), note.replace(`\n${eventsWritten}\n`, '\n699\n'));
      expect((await ledger.verify(store, {}, place)).findings).toMatchObject([
        { code: 'checkpoint_refused' },
      ]);
    });
  });

  it('is compared with a checkpoint alone, which tells that something differs and not where', async () => {
    const alone = join(await ledger.newFolder(), 'kept-elsewhere');
    await copyFile(join(ledger.seals, 'checkpoint'), alone);
    await withStore(await ledger.newFolder(), async (store) => {
      await writeAll(store, events.slice(0, -1));
      const [finding] = (await ledger.verify(store, {}, alone)).findings;
      expect(finding).toMatchObject({ code: 'seal_differs' });
      expect(finding).not.toHaveProperty('sequence');
    });
  });

  it('is held against seals of two times, which must tell one story', async () => {
    const roots = [events.slice(0, 350), events.with(20, events[21]!).slice(0, 350)].map(
      (written) => {
        const memory = new TileMemory();
        const revisions = new Map<string, number>();
        for (const { leaf: stream, event } of written) {
          const revision = revisions.get(stream) ?? 0;
          revisions.set(stream, revision + 1);
          memory.tree.append(merkleLeafHash({ stream, revision, ...event }));
        }
        return memory.tree.root();
      },
    );
    const key = await readSealKey(sealKeyFile(ledger.dataDirectory));
    if (key === undefined) throw new Error('The ledger was never sealed.');
    const origin = key.verifier.name;
    const notes = roots.map((root) => signCheckpoint({ origin, size: 350, root }, key));
    const codes = await withStore(ledger.eventStore, async (store) => {
      const given = {
        place: 'newest',
        note: await newestNote(),
        tiles: new DirectoryTarget(ledger.seals),
      };
      const reports = [];
      for (const note of notes) {
        reports.push(await ledger.verify(store, { seals: [{ place: 'earlier', note }, given] }));
      }
      return reports.map(({ findings }) => findings.map(({ code }) => code));
    });
    expect(codes).toEqual([[], ['seal_differs', 'checkpoints_inconsistent']]);
  });

  it('contradicts its own record of a seal where it was written anew', async () => {
    const { eventId, type, data } = await withStore(ledger.eventStore, async (store) => {
      const tail = await store.readTail(defaultLedgerPrefix);
      if (tail === undefined) throw new Error('The store is empty.');
      return tail;
    });
    const event = { eventId, type, data: data as object, metadata: {} };
    const report = await reportOf([...events.toSpliced(300, 1), { leaf: 'ledger-seals', event }]);
    expect(report.findings.map(({ code }) => code)).toEqual([
      'seal_differs',
      'recorded_seal_differs',
    ]);
  });
});

function newestNote(): Promise<string> {
  return readFile(join(ledger.seals, 'checkpoint'), 'utf8');
}

describe('a store without a seal', () => {
  it('is only looked at for gaps, order and its opening', async () => {
    await withStore(await ledger.newFolder(), async (store) => {
      await writeAll(store, events.slice(0, 10));
      const given = { seals: [], key: undefined };
      expect(await ledger.verify(store, given as never)).toMatchObject({
        outcome: 'sound',
        seals: [],
        eventsUnsealed: 10,
      });
    });
    await withStore(await ledger.newFolder(), async (store) => {
      await writeAll(store, events.slice(1, 10));
      const report = await ledger.verify(store, { seals: [] });
      expect(report.findings.map(({ code }) => code)).toContain('ledger_not_opened');
    });
  });
});
