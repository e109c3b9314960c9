import { setTimeout as pause } from 'node:timers/promises';
import {
  hashBytes,
  MissingTileError,
  noteBytesMax,
  type SealTarget,
  SealTargetError,
  type SizedTile,
  tileBytes,
  tileHashes,
  tilePath,
} from '#audit';
import { messageOf } from '../composition/start-error.js';

const requestMilliseconds = 10_000;
const attemptsMax = 5;
const firstPauseMilliseconds = 200;

export interface HttpTargetOptions {
  /** Sent as `Authorization: Bearer …`; never in a message. */
  readonly token?: string;
  /** How long the first of several attempts waits for the next; doubled after each. */
  readonly pauseMilliseconds?: number;
}

/**
 * Seals below an address: written with PUT, read with GET, as object stores and plain web servers
 * with uploads do it. Requests that fail are sent again a few times; each is bounded in time and size.
 */
export class HttpTarget implements SealTarget {
  readonly kind = 'http';
  readonly place: string;
  readonly #base: string;

  constructor(
    url: URL,
    private readonly options: HttpTargetOptions = {},
  ) {
    this.#base = url.href.endsWith('/') ? url.href : `${url.href}/`;
    this.place = `${url.origin}${url.pathname}`;
  }

  async readCheckpoint(): Promise<string | undefined> {
    return (await this.#get('checkpoint', noteBytesMax))?.toString('utf8');
  }

  async read(tile: SizedTile): Promise<Buffer> {
    for (const width of new Set([tile.width, tileHashes])) {
      const bytes = await this.#get(tilePath({ ...tile, width }), tileBytes);
      if (bytes?.length === width * hashBytes) return bytes.subarray(0, tile.width * hashBytes);
    }
    throw new MissingTileError(tile, this.place);
  }

  async putTile(path: string, hashes: Uint8Array): Promise<'written' | 'present' | 'differs'> {
    const standing = await this.#get(path, tileBytes);
    if (standing !== undefined) return standing.equals(hashes) ? 'present' : 'differs';
    const { status } = await this.#send('PUT', path, {
      body: hashes,
      headers: { 'content-type': 'application/octet-stream', 'if-none-match': '*' },
      expected: [200, 201, 204, 412],
    });
    if (status !== 412) return 'written';
    const written = await this.#get(path, tileBytes);
    return written?.equals(hashes) === true ? 'present' : 'differs';
  }

  async putCheckpoint(note: string): Promise<void> {
    await this.#send('PUT', 'checkpoint', {
      body: Buffer.from(note),
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
      expected: [200, 201, 204],
    });
  }

  async #get(path: string, bytesMax: number): Promise<Buffer | undefined> {
    const { status, body } = await this.#send('GET', path, { expected: [200, 404], bytesMax });
    return status === 404 ? undefined : body;
  }

  async #send(method: 'GET' | 'PUT', path: string, request: Sent): Promise<Received> {
    let pauseMilliseconds = this.options.pauseMilliseconds ?? firstPauseMilliseconds;
    for (let attempt = 1; ; attempt += 1) {
      const received = await this.#sendOnce(method, path, request);
      if (!('retry' in received)) return received;
      const where = `${method} ${this.place.replace(/\/$/, '')}/${path}`;
      if (!received.retry || attempt === attemptsMax) {
        throw new SealTargetError(`${where}: ${received.message}.`);
      }
      await pause(pauseMilliseconds);
      pauseMilliseconds *= 2;
    }
  }

  async #sendOnce(
    method: 'GET' | 'PUT',
    path: string,
    { body, headers = {}, expected, bytesMax = tileBytes }: Sent,
  ): Promise<Received | Failed> {
    const { token } = this.options;
    try {
      const response = await fetch(new URL(path, this.#base), {
        method,
        ...(body === undefined ? {} : { body }),
        headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
        // A target that sends elsewhere would be sent the token there.
        redirect: 'manual',
        signal: AbortSignal.timeout(requestMilliseconds),
      });
      const bytes = await boundedBody(response, bytesMax);
      if (expected.includes(response.status)) return { status: response.status, body: bytes };
      const retry = response.status >= 500 || response.status === 429;
      return { retry, message: `the target answered ${response.status}` };
    } catch (error) {
      if (error instanceof SealTargetError) throw error;
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      return { retry: true, message: messageOf(cause) };
    }
  }
}

interface Sent {
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: readonly number[];
  readonly bytesMax?: number;
}

interface Received {
  readonly status: number;
  readonly body: Buffer;
}

interface Failed {
  readonly retry: boolean;
  readonly message: string;
}

async function boundedBody(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    // What an error page says is not read to its end.
    if (bytes > bytesMax && response.ok) {
      throw new SealTargetError(`The target answered more than ${bytesMax} bytes.`);
    }
    if (bytes > bytesMax) break;
  }
  return Buffer.concat(chunks);
}
