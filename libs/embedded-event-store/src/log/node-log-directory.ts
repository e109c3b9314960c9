import { constants, writeSync } from 'node:fs';
import { mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogDirectory, LogFile } from './log-file.js';

/**
 * Bytes that are handed to the system's cache at once: a copy of so little takes less time than the
 * way to another thread and back, which each group of appends would wait for.
 */
const IMMEDIATE_BYTES_MAX = 64 * 1_024;

/** The log's folder on a real disk; it is created where it is missing. */
export class NodeLogDirectory implements LogDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async open(name: string): Promise<LogFile> {
    await mkdir(this.#path, { recursive: true });
    const flags = constants.O_RDWR | constants.O_CREAT;
    return new NodeLogFile(await open(join(this.#path, name), flags, 0o600));
  }

  async list(): Promise<readonly string[]> {
    await mkdir(this.#path, { recursive: true });
    return readdir(this.#path);
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(join(this.#path, from), join(this.#path, to));
  }

  async remove(name: string): Promise<void> {
    await unlink(join(this.#path, name));
  }

  async sync(): Promise<void> {
    const handle = await open(this.#path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

class NodeLogFile implements LogFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    const { length } = bytes;
    if (length <= IMMEDIATE_BYTES_MAX) {
      return writeSync(this.#handle.fd, bytes, 0, length, position);
    }
    return (await this.#handle.write(bytes, 0, length, position)).bytesWritten;
  }

  /** fdatasync also makes the file's length durable, which is all the log needs of its metadata. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async truncate(size: number): Promise<void> {
    await this.#handle.truncate(size);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
