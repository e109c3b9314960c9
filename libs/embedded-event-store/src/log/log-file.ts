/**
 * The file port: everything the event log asks of a disk. Positions and sizes are bytes.
 *
 * A write is only promised to survive a crash once a later {@link sync} has resolved; until then
 * the disk may keep all of it, none of it, or any of its sectors.
 */
export interface LogFile {
  size(): Promise<number>;
  /** Resolves to the number of bytes written from the start of `bytes`, which may be fewer. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Makes everything written and truncated before durable. */
  sync(): Promise<void>;
  /** Resolves to the number of bytes read, which is fewer only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** The folder that holds the log; names are those of files directly in it. */
export interface LogDirectory {
  /** The names of all files, in no order; none where the folder does not exist yet. */
  list(): Promise<readonly string[]>;
  /** Opens a file for reading and writing, creating it empty where it is missing. */
  open(name: string): Promise<LogFile>;
  /** Renames a file over whatever has the new name: after a crash one of the two stands there. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Makes the creation, renaming and removal of files durable. */
  sync(): Promise<void>;
}

/** Writes all bytes; a disk that makes no progress is an error. */
export async function writeFully(
  file: LogFile,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written), position + written);
    if (count <= 0) throw new Error(`the disk took no byte at offset ${position + written}`);
    written += count;
  }
}

/** Reads so many bytes, or until the file ends; resolves to the bytes that were there. */
export async function readFully(file: LogFile, position: number, length: number): Promise<Buffer> {
  return readInto(file, position, Buffer.allocUnsafe(length));
}

/** Reads until the buffer is full or the file ends; resolves to the part that was filled. */
export async function readInto(file: LogFile, position: number, bytes: Buffer): Promise<Buffer> {
  let count = 0;
  while (count < bytes.length) {
    const read = await file.read(bytes.subarray(count), position + count);
    if (read === 0) break;
    count += read;
  }
  return bytes.subarray(0, count);
}

/** Opens a file for as long as `use` takes. */
export async function withFile<Result>(
  directory: LogDirectory,
  name: string,
  use: (file: LogFile) => Promise<Result>,
): Promise<Result> {
  const file = await directory.open(name);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Whether a write failed because the disk, or what the user may have of it, is full. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
