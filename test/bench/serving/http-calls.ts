import { Agent, request } from 'node:http';

/** What finds no connection waits here for one, and that time counts as any other. */
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

export interface HttpAnswer {
  readonly status: number;
  readonly position: string | undefined;
  readonly text: string;
}

export function httpGet(url: string): Promise<HttpAnswer> {
  return call(url, 'GET', undefined);
}

/** Posts events; several as one batch. */
export function httpPostEvents(url: string, events: readonly object[]): Promise<HttpAnswer> {
  const [only] = events;
  return events.length === 1
    ? call(url, 'POST', { type: 'application/cloudevents+json', text: JSON.stringify(only) })
    : call(url, 'POST', {
        type: 'application/cloudevents-batch+json',
        text: JSON.stringify(events),
      });
}

function call(
  url: string,
  method: string,
  body: { readonly type: string; readonly text: string } | undefined,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : { 'content-type': body.type, 'content-length': Buffer.byteLength(body.text) };
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        const position = answered['daybook-position'];
        resolve({
          status,
          position: typeof position === 'string' ? position : undefined,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // A connection that lay idle may be closed while the request is on its way.
      const again = sent.reusedSocket && error.code === 'ECONNRESET';
      if (again) resolve(call(url, method, body));
      else reject(error);
    });
    sent.end(body?.text);
  });
}

export function closeHttp(): void {
  agent.destroy();
}
