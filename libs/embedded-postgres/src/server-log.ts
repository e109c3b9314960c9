import { constants } from 'node:fs';
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { systemErrorCode } from './failure.js';

const logBytesMax = 16 * 1024 * 1024;
const tailBytesMax = 4 * 1024;

/** The file that receives what initdb and PostgreSQL print. */
export interface ServerLog {
  readonly path: string;
  readonly descriptor: number;
  /** What was written until now is none of the lines to come: a server is started anew. */
  begin(): Promise<void>;
  /** The newest lines written since the last beginning, at most 4 KiB. */
  tail(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the log for appending. One above 16 MiB is first set aside as `<path>.previous`. */
export async function openServerLog(path: string): Promise<ServerLog> {
  if ((await sizeOf(path)) > logBytesMax) await rename(path, `${path}.previous`);
  let startBytes = await sizeOf(path);
  // Never through a link: the folder may belong to another user than this process.
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  const file = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  return {
    path,
    descriptor: file.fd,
    begin: async () => {
      startBytes = (await file.stat()).size;
    },
    tail: () => readTail(file, startBytes),
    close: () => file.close(),
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function readTail(file: FileHandle, startBytes: number): Promise<string> {
  const { size } = await file.stat();
  const position = Math.max(startBytes, size - tailBytesMax);
  const { buffer, bytesRead } = await file.read({
    buffer: Buffer.alloc(tailBytesMax),
    position,
    length: Math.min(tailBytesMax, size - position),
  });
  return buffer.toString('utf8', 0, bytesRead).trim();
}
