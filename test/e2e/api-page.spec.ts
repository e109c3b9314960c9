import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(
  ([, text = '']) => JSON.parse(text) as Readonly<Record<string, unknown>>,
);
const events = examples.filter((example) => 'specversion' in example);
const commands = examples.filter((example) => !('specversion' in example));

let daybook: RunningDaybook;

beforeAll(async () => {
  daybook = await startRunningDaybook();
});
afterAll(() => daybook?.stop());

describe('the examples of the page about the API', () => {
  it('are taken as they stand, events and commands', async () => {
    expect(events).toHaveLength(5);
    // The receipt's correction is left out of the ledger the commands are decided on.
    for (const event of events.filter(({ type }) => type !== 'EventCorrected')) {
      expect(await daybook.post('/v1/events', event)).toMatchObject({ status: 201 });
    }
    const routes = ['/v1/allocations', '/v1/deallocations', '/v1/credits'];
    expect(commands).toHaveLength(routes.length);
    for (const [index, route] of routes.entries()) {
      const headers = { 'daybook-client': 'shop', 'idempotency-key': `key ${index}` };
      const answer = await daybook.post(route, commands[index], headers);
      expect(answer).toMatchObject({ status: 201, body: { outcome: 'accepted' } });
    }
    const correction = events.find(({ type }) => type === 'EventCorrected');
    expect(await daybook.post('/v1/events', correction)).toMatchObject({ status: 201 });
  });
});

describe('the description of the API', () => {
  it('tells the refusals, the position and the limits of parameters', async () => {
    const { body } = await daybook.get('/openapi.json');
    expect(body).toMatchObject({
      paths: {
        '/v1/events': { post: { responses: { 201: { headers: { 'Daybook-Position': {} } } } } },
        '/v1/allocations': {
          post: {
            parameters: expect.arrayContaining([
              expect.objectContaining({
                name: 'Daybook-Client',
                schema: { type: 'string', pattern: expect.any(String) as string },
              }),
            ]) as unknown[],
            responses: { 409: { content: { 'application/problem+json': {} } } },
          },
        },
        '/v1/stock/{sku}': {
          get: {
            parameters: expect.arrayContaining([
              expect.objectContaining({
                name: 'wait',
                schema: expect.objectContaining({ type: 'integer' }) as unknown,
              }),
            ]) as unknown[],
            responses: { 504: { content: { 'application/problem+json': {} } } },
          },
        },
      },
      components: {
        schemas: {
          OwnerDto: {
            properties: { kind: { enum: expect.arrayContaining(['legal_entity']) as unknown } },
          },
        },
      },
    });
  });
});
