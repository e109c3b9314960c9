import type { LogDirectory, LogFile } from './log-file.js';

/** A file grows by pieces of this size, so that nothing is ever copied. */
const PIECE_BYTES = 1_048_576;

/** A folder in memory, for a node that is to leave nothing behind. */
export class MemoryLogDirectory implements LogDirectory {
  readonly #files = new Map<string, MemoryLogFile>();

  async open(name: string): Promise<LogFile> {
    const file = this.#files.get(name) ?? new MemoryLogFile();
    this.#files.set(name, file);
    return file;
  }

  async list(): Promise<readonly string[]> {
    return [...this.#files.keys()];
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.#files.get(from);
    if (file === undefined) throw new Error(`there is no file ${from} in memory`);
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  async remove(name: string): Promise<void> {
    this.#files.delete(name);
  }

  async sync(): Promise<void> {
    return;
  }
}

/** Pieces that were never written read as zeros, like the holes of a file on disk. */
class MemoryLogFile implements LogFile {
  readonly #pieces = new Map<number, Buffer>();
  #size = 0;

  async size(): Promise<number> {
    return this.#size;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    const at = position % PIECE_BYTES;
    const written = bytes.subarray(0, PIECE_BYTES - at);
    this.#piece(position).set(written, at);
    this.#size = Math.max(this.#size, position + written.length);
    return written.length;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    const at = position % PIECE_BYTES;
    const length = Math.min(into.length, PIECE_BYTES - at, this.#size - position);
    if (length <= 0) return 0;
    const piece = this.#pieces.get(Math.floor(position / PIECE_BYTES));
    if (piece === undefined) into.fill(0, 0, length);
    else into.set(piece.subarray(at, at + length));
    return length;
  }

  async truncate(size: number): Promise<void> {
    const last = Math.floor(size / PIECE_BYTES);
    for (const number of this.#pieces.keys()) {
      if (number > last) this.#pieces.delete(number);
    }
    this.#pieces.get(last)?.fill(0, size % PIECE_BYTES);
    this.#size = size;
  }

  async sync(): Promise<void> {
    return;
  }

  async close(): Promise<void> {
    return;
  }

  #piece(position: number): Buffer {
    const number = Math.floor(position / PIECE_BYTES);
    const known = this.#pieces.get(number);
    if (known !== undefined) return known;
    const piece = Buffer.alloc(PIECE_BYTES);
    this.#pieces.set(number, piece);
    return piece;
  }
}
