import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import { openAppendStream, type AppendStream } from './append-stream.js';
import { openStore, outline, until, type OpenStore } from './open-store.js';

let disk: SimulatedDisk;
/** What the node takes for the time; it passes only where a specification says so. */
let now: number;
let opened: OpenStore;
let appends: AppendStream;
beforeEach(async () => {
  disk = new SimulatedDisk();
  now = Date.now();
  opened = await openStore(disk, { now: () => now });
  appends = openAppendStream(opened.store.connectionString);
});
afterEach(() => opened.close());

describe('a stream of appends', () => {
  it('puts together appends whose messages come in turns', async () => {
    appends.send({ correlation: 'a', stream: 'a', types: ['A0'], isFinal: false });
    appends.send({ correlation: 'b', stream: 'b', types: ['B0', 'B1'], isFinal: false });
    appends.send({ correlation: 'a', types: ['A1', 'A2'], isFinal: false });
    appends.send({ correlation: 'b', types: [], isFinal: true });
    appends.send({ correlation: 'a', types: ['A3'], isFinal: true });
    expect(await appends.end()).toEqual(['b ok 1', 'a ok 3']);
    const all = ['0 B0', '1 B1', '0 A0', '1 A1', '2 A2', '3 A3'];
    expect(await outline(opened.client.readAll())).toEqual(all);
  });

  it('answers what is in flight before it ends, when the client says that nothing follows', async () => {
    disk.holdSyncs();
    for (const correlation of ['a', 'b', 'c']) {
      appends.send({ correlation, stream: 's', types: ['T'], isFinal: true });
    }
    const ended = appends.end();
    await disk.whenSyncHeld();
    expect(appends.answers).toEqual([]);
    disk.releaseSyncs();
    expect(await ended).toEqual(['a ok 0', 'b ok 1', 'c ok 2']);
  });

  it('gives an append that is not finished by its deadline one answer, and ignores its rest', async () => {
    const deadline = new Date(now + 30);
    appends.send({ correlation: 'late', stream: 's', deadline, types: ['L'], isFinal: false });
    await until(() => appends.answers.length > 0);
    appends.send({ correlation: 'late', types: ['L'], isFinal: false });
    appends.send({ correlation: 'late', types: ['L'], isFinal: true });
    appends.send({ correlation: 'next', stream: 's', types: ['N'], isFinal: true });
    expect(await appends.end()).toEqual(['late Timeout', 'next ok 0']);
    expect(await outline(opened.client.readAll())).toEqual(['0 N']);
  });

  it('does not write an append whose deadline passes while it waits for the disk', async () => {
    disk.holdSyncs();
    appends.send({ correlation: 'first', stream: 's', types: ['F'], isFinal: true });
    await disk.whenSyncHeld();
    const deadline = new Date(now + 10_000);
    appends.send({ correlation: 'late', stream: 's', deadline, types: ['L'], isFinal: true });
    appends.send({ correlation: 'behind', stream: 's', types: [''], isFinal: true });
    await until(() => appends.answers.length === 1);
    now += 10_000;
    disk.releaseSyncs();
    expect(await appends.end()).toEqual(['behind BadRequest', 'first ok 0', 'late Timeout']);
    expect(await outline(opened.client.readAll())).toEqual(['0 F']);
  });

  it('is ended where an append begins without its options', async () => {
    appends.send({ correlation: 'a', types: ['T'], isFinal: true });
    await expect(appends.end()).rejects.toThrow(/INVALID_ARGUMENT.*without its options/);
  });

  it('refuses an append at once and goes on with the others', async () => {
    appends.send({ correlation: 'bad', stream: 's', types: [''], isFinal: false });
    appends.send({ correlation: 'good', stream: 's', types: ['T'], isFinal: true });
    appends.send({ correlation: 'bad', types: ['T'], isFinal: true });
    expect(await appends.end()).toEqual(['bad BadRequest', 'good ok 0']);
  });
});
