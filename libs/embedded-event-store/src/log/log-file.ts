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

/** The folder that holds the log. */
export interface LogDirectory {
  /** Opens a file for reading and writing, creating it empty where it is missing. */
  open(name: string): Promise<LogFile>;
  /** Makes the creation of files durable. */
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

/** Reads until the buffer is full or the file ends; resolves to the bytes that were there. */
export async function readFully(file: LogFile, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let count = 0;
  while (count < length) {
    const read = await file.read(bytes.subarray(count), position + count);
    if (read === 0) break;
    count += read;
  }
  return bytes.subarray(0, count);
}
