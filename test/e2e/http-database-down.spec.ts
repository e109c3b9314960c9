import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { StoppablePostgres } from '../doubles/stoppable-postgres.js';

let postgres: StoppablePostgres;
let daybook: RunningDaybook;

beforeAll(async () => {
  postgres = await StoppablePostgres.start();
  const environment = { DATABASE_URL: postgres.connectionString };
  daybook = await startRunningDaybook({ environment });
});

afterAll(async () => {
  await daybook.stop();
  await postgres.stop();
});

const scan = {
  specversion: '1.0',
  id: 'scan-1',
  source: 'carrier',
  type: 'ShipmentScanned',
  objectid: 'parcel-1',
  time: '2026-01-02T03:04:05Z',
  data: { code: 'arrived' },
};

describe('while PostgreSQL is down', () => {
  it('nothing is accepted, everything says 503 and when to ask again, and the process lives', async () => {
    expect(await daybook.get('/health/ready')).toMatchObject({ status: 200 });
    await postgres.halt();

    const refusals = [
      await daybook.post('/v1/events', scan),
      await daybook.post('/v1/events', [scan]),
      await daybook.post('/v1/events', 'no JSON'),
      await daybook.get('/v1/stats'),
      await daybook.get('/v1/quarantine'),
    ];
    for (const { status, headers, body } of refusals) {
      expect(status).toBe(503);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
      expect(body).toMatchObject({
        code: expect.stringMatching(/^(evidence_store|database)_unavailable$/),
      });
    }
    expect(await daybook.get('/v1/streams/shipment-carrier:parcel%2D1')).toMatchObject({
      status: 404,
    });
    expect(await daybook.get('/health/live')).toMatchObject({ status: 200 });
    expect(await daybook.get('/health/ready')).toMatchObject({
      status: 503,
      body: { code: 'not_ready', checks: { database: { state: 'failed' } } },
    });
    expect(await daybook.end()).toBe(0);
  });
});
