import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The most bytes of one event, alone or in a batch. */
export const eventBodyBytesMax = 1_024 * 1_024;
/** The most bytes of a batch. */
export const batchBodyBytesMax = 8 * 1_024 * 1_024;
/** What is kept of a body that is too large. */
export const keptPrefixBytesMax = 64 * 1_024;
/** Beyond this the rest is not even read for its digest: the connection is closed. */
export const bodyReadBytesMax = 64 * 1_024 * 1_024;

export type RequestBody =
  | { readonly outcome: 'read'; readonly bytes: Buffer }
  | {
      readonly outcome: 'too_large';
      readonly prefix: Buffer;
      /** SHA-256 of all the bytes that were read, hexadecimal. */
      readonly digest: string;
      readonly bytesRead: number;
    };

/**
 * Reads a body within bounds. One that is too large is still read, so that its digest is known and
 * the sender gets an answer, but only its beginning is held in memory.
 */
export async function readRequestBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let bytesRead = 0;
  let prefix: Buffer | undefined;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytesRead += chunk.length;
    if (prefix === undefined) chunks.push(chunk);
    if (prefix === undefined && bytesRead > bytesMax) {
      prefix = Buffer.from(Buffer.concat(chunks).subarray(0, keptPrefixBytesMax));
      chunks.length = 0;
    }
    if (bytesRead > bodyReadBytesMax) break;
  }
  return prefix === undefined
    ? { outcome: 'read', bytes: Buffer.concat(chunks) }
    : { outcome: 'too_large', prefix, digest: hash.digest('hex'), bytesRead };
}
