import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { writePositionToken } from '#kernel';
import type { SimulatedCommand } from '#simulation';
import { ApiProblem, ApiUnreachable } from './api/api-problem.js';
import { DaybookClient } from './api-client.js';

let server: Server | undefined;
let asked: string[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  asked = [];
});

/** A server that gives these answers one after the other, and the last one again and again. */
async function answering(
  ...answers: readonly ((response: ServerResponse) => void)[]
): Promise<DaybookClient> {
  const started = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => (answers[asked.length - 1] ?? answers.at(-1))?.(response));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return new DaybookClient(`http://127.0.0.1:${(started.address() as AddressInfo).port}`);
}

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

const away = json(503, { code: 'database_unavailable', detail: 'away' }, { 'retry-after': '0' });

function token(commit: bigint): string {
  return writePositionToken({ ledgerId: 'l', storeId: 's', commit, prepare: commit });
}

describe('the API client', () => {
  it('sends a batch again while a store is away', async () => {
    const recorded = [{ id: 'a', outcome: 'recorded', eventId: 'e', leaf: 'l', revision: 0 }];
    const client = await answering(away, away, json(200, { outcomes: recorded }));
    expect(await client.recordFacts([{ id: 'a' }])).toEqual(recorded);
    expect(asked).toHaveLength(3);
  });

  it('gives up on a store that stays away, with its code', async () => {
    const client = await answering(away);
    await expect(client.recordFacts([])).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(asked.length).toBeGreaterThan(1);
  });

  it('sends what was refused once', async () => {
    const client = await answering(json(400, { code: 'body_not_json', detail: 'no' }));
    await expect(client.recordFacts([])).rejects.toBeInstanceOf(ApiProblem);
    expect(asked).toHaveLength(1);
  });

  it('reads behind the furthest of its writes, whichever was answered last', async () => {
    const client = await answering(
      json(200, { outcomes: [] }, { 'daybook-position': token(20n) }),
      json(200, { outcomes: [] }, { 'daybook-position': token(10n) }),
      json(200, {}),
    );
    await client.recordFacts([]);
    await client.recordFacts([]);
    await client.operations.statistics();
    expect(new URL(`http://host${asked[2]?.split(' ')[1]}`).searchParams.get('after')).toBe(
      token(20n),
    );
  });

  it('reads a list to its end', async () => {
    const client = await answering(
      json(200, { items: [1, 2], next: 'second', totals: ['all'] }),
      json(200, { items: [3], next: null, totals: ['all'] }),
    );
    expect(await client.money.trialBalance()).toEqual({
      items: [1, 2, 3],
      next: null,
      totals: ['all'],
    });
    expect(asked[1]).toContain('cursor=second');
  });

  it('tells a refused decision from a failure', async () => {
    const command: SimulatedCommand<'/v1/credits'> = {
      route: '/v1/credits',
      client: 'shop',
      idempotencyKey: 'k',
      expected: 'accepted',
      body: {
        order: 'order-shop:1',
        creditMemo: 'm',
        legalEntity: 'e',
        currency: 'EUR',
        basis: 'goodwill',
        lines: [],
      },
    };
    const refused = { outcome: 'refused', code: 'order_unknown', detail: 'No such order.' };
    const client = await answering(json(404, refused), json(422, { code: 'x', detail: 'y' }));
    expect(await client.decisions.decide(command)).toEqual({
      outcome: 'refused',
      code: 'order_unknown',
      message: 'No such order.',
    });
    await expect(client.decisions.decide(command)).rejects.toBeInstanceOf(ApiProblem);
  });

  it('says that nobody answers', async () => {
    const client = new DaybookClient('http://127.0.0.1:1');
    expect(await client.isLive()).toBe(false);
    await expect(client.operations.statistics()).rejects.toBeInstanceOf(ApiUnreachable);
  });
});
