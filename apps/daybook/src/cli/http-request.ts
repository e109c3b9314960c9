import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { systemErrorCode } from '../data-directory/system-error.js';

interface RequestParts {
  readonly method: string;
  /** With its query, escaped; sent as it is. */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
}

interface TextAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true });

/**
 * Sends one request. `fetch` resolves dot segments, written `%2E` or not, as URLs do (WHATWG URL,
 * path state): an item that is called `..` would be asked for at another address.
 *
 * @param origin such as `http://127.0.0.1:2850`
 */
export async function sendRequest(origin: string, parts: RequestParts): Promise<TextAnswer> {
  for (;;) {
    const exchange = beginExchange(origin, parts);
    try {
      const response = await exchange.response;
      const { statusCode = 0, headers } = response;
      return { status: statusCode, headers, text: await readText(response) };
    } catch (error) {
      // The server ended an idle connection at the very moment it was used again.
      if (!exchange.request.reusedSocket || systemErrorCode(error) !== 'ECONNRESET') throw error;
    }
  }
}

function beginExchange(origin: string, parts: RequestParts) {
  const { method, path, body, headers = {}, timeoutMilliseconds } = parts;
  const { protocol, hostname, port } = new URL(origin);
  const isSecure = protocol === 'https:';
  const options = {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method,
    path,
    headers:
      body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: isSecure ? httpsAgent : httpAgent,
    signal: AbortSignal.timeout(timeoutMilliseconds),
  };
  const request = isSecure ? requestHttps(options) : requestHttp(options);
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  request.end(body);
  return { request, response };
}

/** One segment of a path: every character that means something in a path is escaped, dots too. */
export function pathSegment(text: string): string {
  const escaped = encodeURIComponent(text);
  return /^\.{1,2}$/.test(escaped) ? escaped.replaceAll('.', '%2E') : escaped;
}
