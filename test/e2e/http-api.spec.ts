import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDecisions } from './http-api/decisions.js';
import { describeDescription } from './http-api/description.js';
import { describeEvents } from './http-api/events.js';
import { describeLists } from './http-api/lists.js';
import { describeOperations } from './http-api/operations.js';
import { describeOrderDecisions } from './http-api/order-decisions.js';
import { describeOrders } from './http-api/orders.js';
import { describeReads } from './http-api/reads.js';
import { type Fields, order, SharedApi } from './http-api/shared-api.js';

const api = new SharedApi();

beforeAll(() => api.start());
afterAll(() => api.stop());

describeEvents(api);
describeReads(api);
describeDecisions(api);
describeOrderDecisions(api);
describeOrders(api);
describeLists(api);
describeOperations(api);
describeDescription(api);

describe('a restart', () => {
  it('ends in order and goes on where it was', async () => {
    const customer = { name: 'Grace Hopper' };
    const before = await api.post('/v1/events', order('restarted', {}, { customer }));
    expect(await api.restart()).toBe(0);
    const again = await api.post('/v1/events', order('restarted', {}, { customer }));
    const { eventId } = before.body as Fields;
    expect(again).toMatchObject({ status: 200, body: { outcome: 'repeated', eventId } });
    const timeline = await api.readAfter('/v1/orders/restarted/timeline?account=shop', before);
    expect(timeline.body).toMatchObject({ items: [{ eventId, data: { customer } }] });
  });
});
