import { describe, expect, it } from 'vitest';
import type { SharedApi } from './shared-api.js';

/** Routes whose success needs what this Daybook has not: parked events, or a second build. */
const neverAnswered = [
  'get /v1/projections/diff',
  'post /v1/parked/{key}/resolve',
  'post /v1/parked/{key}/retry',
  'post /v1/projections/generations/{generation}/retire',
  'post /v1/projections/generations/{generation}/switch',
  'post /v1/projections/rebuilds',
  'post /v1/projections/rollback',
];

/** What the API says of itself, and that every answer so far was as it says. */
export function describeDescription(api: SharedApi): void {
  describe('what the API says of itself', () => {
    it('is OpenAPI 3.1 with every route', async () => {
      const { body } = await api.get('/openapi.json');
      expect(body).toMatchObject({ openapi: '3.1.0' });
      expect(Object.keys((body as { paths: object }).paths)).toEqual(
        expect.arrayContaining([
          '/v1/events',
          '/v1/allocations',
          '/v1/deallocations',
          '/v1/credits',
          '/v1/orders',
          '/v1/orders/{id}',
          '/v1/orders/{id}/timeline',
          '/v1/orphans',
          '/v1/search',
          '/v1/findings/counts',
          '/v1/stock/{sku}',
          '/v1/oversold-stock',
          '/v1/entries',
          '/v1/trial-balance',
          '/v1/streams/{stream}',
          '/v1/quarantine',
          '/v1/findings',
          '/v1/stats',
          '/health/live',
          '/health/ready',
        ]),
      );
      expect(await api.get('/docs')).toMatchObject({ status: 200 });
      // Followed to where it leads.
      expect(await api.get('/')).toEqual(await api.get('/docs'));
    });

    it('tells the refusals, the position and the limits of parameters', async () => {
      const { body } = await api.get('/openapi.json');
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

    it('gives every route a schema for what it answers and for what it refuses', () => {
      expect(api.described.undescribed()).toEqual([]);
    });

    it('is what every answer was held to', () => {
      expect(api.described.differences).toEqual([]);
    });

    it('was held to an answer of every route that can be asked here', () => {
      expect(api.described.unanswered()).toEqual(neverAnswered);
    });
  });
}
