import type { LogDirectory, LogFile } from '#embedded-event-store';
import { Random } from '../fixtures/random.js';
import { SimulatedFile } from './simulated-disk-file.js';

/** The machine lost power; the program that was running on it is gone. */
export class DiskCrashedError extends Error {
  override readonly name = 'DiskCrashedError';
}

/** What a disk was told to do wrong. */
export class DiskFailedError extends Error {
  override readonly name = 'DiskFailedError';
}

/** What the system says of a disk that is full. */
export class DiskFullError extends DiskFailedError {
  readonly code = 'ENOSPC';

  constructor() {
    super('ENOSPC: no space left on device, write');
  }
}

type NameChange =
  | { readonly kind: 'create'; readonly name: string; readonly file: SimulatedFile }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'remove'; readonly name: string };

function applyNameChange(files: Map<string, SimulatedFile>, change: NameChange): void {
  const file = files.get(change.name);
  if (change.kind === 'create') files.set(change.name, change.file);
  else files.delete(change.name);
  if (change.kind === 'rename' && file !== undefined) files.set(change.to, file);
}

/**
 * A disk that keeps a promise no longer than a real one does. Writes are seen at once and survive a
 * {@link crash} only where a sync has resolved since; of the others each sector is kept or lost by
 * the seed, and of files created, renamed or removed since the folder's last sync each is so or as
 * before. It can also fail or hold a sync, fail a write, write short, and be full.
 */
export class SimulatedDisk implements LogDirectory {
  /** Syncs of files that were begun and writes that were made. */
  readonly counters = { syncs: 0, writes: 0 };
  readonly #random: Random;
  #files = new Map<string, SimulatedFile>();
  /** The names that would be found after a crash, but for those changed since. */
  #durableFiles = new Map<string, SimulatedFile>();
  #nameChanges: NameChange[] = [];
  #generation = 0;
  #operationsUntilCrash = Number.POSITIVE_INFINITY;
  #syncsToFail = 0;
  #writesToFail = 0;
  #writeError = new DiskFailedError('the disk took a part of it');
  #bytesMax = Number.POSITIVE_INFINITY;
  #isWritingShort = false;
  #heldSyncs: (() => void)[] | undefined;
  #onSyncHeld: (() => void) | undefined;

  constructor(seed = 1) {
    this.#random = new Random(seed);
  }

  async open(name: string): Promise<LogFile> {
    this.#step(this.#generation);
    let file = this.#files.get(name);
    if (file === undefined) {
      file = new SimulatedFile();
      this.#changeNames({ kind: 'create', name, file });
    }
    return this.#handle(file, this.#generation);
  }

  async list(): Promise<readonly string[]> {
    this.#requireRunning(this.#generation);
    return [...this.#files.keys()];
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step(this.#generation);
    this.#existing(from);
    this.#changeNames({ kind: 'rename', name: from, to });
  }

  async remove(name: string): Promise<void> {
    this.#step(this.#generation);
    this.#existing(name);
    this.#changeNames({ kind: 'remove', name });
  }

  async sync(): Promise<void> {
    this.#step(this.#generation);
    this.#durableFiles = new Map(this.#files);
    this.#nameChanges = [];
  }

  /** Cuts the power now. Whatever was open is dead; opening again finds what survived. */
  crash(): void {
    this.#generation += 1;
    this.#operationsUntilCrash = Number.POSITIVE_INFINITY;
    for (const change of this.#nameChanges) {
      if (this.#random.chance(0.5)) applyNameChange(this.#durableFiles, change);
    }
    this.#nameChanges = [];
    this.#files = new Map(this.#durableFiles);
    for (const file of this.#files.values()) file.crash(this.#random);
    this.releaseSyncs();
  }

  /** Cuts the power at the n-th operation from now on: before it, or in the middle of a write. */
  crashAtOperation(count: number): void {
    this.#operationsUntilCrash = count;
  }

  /** Lets the next syncs fail; what they should have made durable never will be. */
  failSyncs(count: number): void {
    this.#syncsToFail = count;
  }

  /** Lets the next writes fail after a part of their bytes. */
  failWrites(count: number, error = new DiskFailedError('the disk took a part of it')): void {
    this.#writesToFail = count;
    this.#writeError = error;
  }

  /** Leaves room for so many bytes more than the files have now. */
  limitRoom(bytes: number): void {
    this.#bytesMax = this.#bytes() + bytes;
  }

  unlimitRoom(): void {
    this.#bytesMax = Number.POSITIVE_INFINITY;
  }

  /** Names of the files a program would find now, sorted. */
  get names(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  /** Lets every write take a part of its bytes, as a real one may. */
  writeShort(): void {
    this.#isWritingShort = true;
  }

  /** Lets syncs wait from now on until they are released. */
  holdSyncs(): void {
    this.#heldSyncs ??= [];
  }

  releaseSyncs(): void {
    const held = this.#heldSyncs ?? [];
    this.#heldSyncs = undefined;
    for (const release of held) release();
  }

  /** Resolves when a sync waits to be released. */
  async whenSyncHeld(): Promise<void> {
    if (this.#heldSyncs === undefined) throw new Error('Syncs are not held: call holdSyncs first.');
    if (this.#heldSyncs.length > 0) return;
    await new Promise<void>((resolve) => (this.#onSyncHeld = resolve));
  }

  /** The bytes a program that opens the file now would read. */
  contents(name: string): Buffer {
    return this.#existing(name).contents();
  }

  /** Flips bits of a stored byte, as a decaying disk does. */
  damage(name: string, offset: number, mask: number): void {
    this.#existing(name).damage(offset, mask);
  }

  /** Another disk with a copy of every file, all of it durable. */
  copy(seed = 1): SimulatedDisk {
    const disk = new SimulatedDisk(seed);
    disk.#files = new Map([...this.#files].map(([name, file]) => [name, file.copy()]));
    disk.#durableFiles = new Map(disk.#files);
    return disk;
  }

  #existing(name: string): SimulatedFile {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`The disk holds no file '${name}'.`);
    return file;
  }

  /** Counts an operation down to the crash; operations of a program that is gone fail. */
  #step(generation: number): void {
    this.#operationsUntilCrash -= 1;
    if (this.#operationsUntilCrash <= 0) this.crash();
    this.#requireRunning(generation);
  }

  #requireRunning(generation: number): void {
    if (generation !== this.#generation) throw new DiskCrashedError('the machine lost power');
  }

  #handle(file: SimulatedFile, generation: number): LogFile {
    return {
      size: async () => {
        this.#requireRunning(generation);
        return file.size;
      },
      read: async (into, position) => {
        this.#requireRunning(generation);
        return file.read(into, position);
      },
      write: async (bytes, position) => this.#write(file, bytes, position, generation),
      sync: async () => this.#sync(file, generation),
      truncate: async (size) => {
        this.#step(generation);
        file.truncate(size);
      },
      close: async () => {},
    };
  }

  #write(file: SimulatedFile, bytes: Uint8Array, position: number, generation: number): number {
    this.#requireRunning(generation);
    this.counters.writes += 1;
    const part = bytes.subarray(0, this.#random.between(1, bytes.length));
    if (this.#operationsUntilCrash <= 1) {
      file.write(part, position);
      this.#step(generation);
    }
    this.#step(generation);
    if (this.#writesToFail > 0) {
      this.#writesToFail -= 1;
      file.write(part, position);
      throw this.#writeError;
    }
    const fitting = this.#fitting(file, bytes, position);
    const written = this.#isWritingShort ? fitting.subarray(0, part.length) : fitting;
    file.write(written, position);
    return written.length;
  }

  /** What of the bytes there is room for: a full disk takes a part, and then nothing. */
  #fitting(file: SimulatedFile, bytes: Uint8Array, position: number): Uint8Array {
    const growth = Math.max(0, position + bytes.length - file.size);
    const missing = growth - (this.#bytesMax - this.#bytes());
    if (missing <= 0) return bytes;
    if (missing >= bytes.length) throw new DiskFullError();
    return bytes.subarray(0, bytes.length - missing);
  }

  #bytes(): number {
    return [...this.#files.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #changeNames(change: NameChange): void {
    applyNameChange(this.#files, change);
    this.#nameChanges.push(change);
  }

  async #sync(file: SimulatedFile, generation: number): Promise<void> {
    this.#step(generation);
    this.counters.syncs += 1;
    const begun = file.beginSync();
    if (this.#heldSyncs !== undefined) {
      const held = this.#heldSyncs;
      await new Promise<void>((resolve) => {
        held.push(resolve);
        this.#onSyncHeld?.();
        this.#onSyncHeld = undefined;
      });
    } else await Promise.resolve();
    this.#requireRunning(generation);
    if (this.#syncsToFail > 0) {
      this.#syncsToFail -= 1;
      file.forget(begun);
      throw new DiskFailedError('the disk did not confirm the sync');
    }
    file.makeDurable(begun);
  }
}
