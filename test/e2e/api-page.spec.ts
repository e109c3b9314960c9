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
