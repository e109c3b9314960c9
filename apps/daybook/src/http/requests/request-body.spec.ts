import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  batchBodyBytesMax,
  bodyReadBytesMax,
  keptPrefixBytesMax,
  readRequestBody,
} from './request-body.js';

const chunkBytes = 64 * 1_024 - 1;

/** A request is read here as the stream it is. */
function requestOf(bytes: Buffer): IncomingMessage {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    chunks.push(bytes.subarray(start, start + chunkBytes));
  }
  return Readable.from(chunks) as unknown as IncomingMessage;
}

describe('a request body', () => {
  it('is read whole up to the limit', async () => {
    const bytes = randomBytes(200_000);
    const body = await readRequestBody(requestOf(bytes), bytes.length);
    expect(body).toEqual({ outcome: 'read', bytes });
  });

  it('above the limit is known by its length, its digest and its beginning', async () => {
    const bytes = randomBytes(batchBodyBytesMax + 1);
    expect(await readRequestBody(requestOf(bytes), batchBodyBytesMax)).toEqual({
      outcome: 'too_large',
      prefix: bytes.subarray(0, keptPrefixBytesMax),
      digest: createHash('sha256').update(bytes).digest('hex'),
      bytesRead: bytes.length,
    });
  });

  it('without end is not read to its end', async () => {
    let chunksGiven = 0;
    const endless = new Readable({
      read() {
        chunksGiven += 1;
        this.push(Buffer.alloc(1_024 * 1_024));
      },
    }) as unknown as IncomingMessage;
    const body = await readRequestBody(endless, batchBodyBytesMax);
    expect(body.outcome).toBe('too_large');
    expect(chunksGiven * 1_024 * 1_024).toBeLessThan(2 * bodyReadBytesMax);
  });
});
