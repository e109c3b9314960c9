import { request } from 'node:http';
import { expect, describe, it } from 'vitest';
import { readPositionToken, writePositionToken } from '#kernel';
import { cursorOf, type Fields, order, position, type SharedApi } from './shared-api.js';

/** What holds of every read: it sees what was written, it comes page by page, and says what is wrong. */
export function describeReads(api: SharedApi): void {
  describe('a read after a write', () => {
    it('sees it, however soon it comes', async () => {
      for (let index = 0; index < 20; index += 1) {
        const written = await api.post('/v1/events', order(`read-your-write-${index}`));
        const read = await api.readAfter(
          `/v1/orders/read-your-write-${index}?account=shop`,
          written,
        );
        expect(read).toMatchObject({
          status: 200,
          body: { status: 'captured', orderedMinor: '1000' },
        });
      }
    });

    it('shows the customer in clear, while the stream holds ciphertext', async () => {
      const customer = { name: 'Ada Lovelace', email: 'ada@example.org' };
      const written = await api.post('/v1/events', order('personal', {}, { customer }));
      const timeline = await api.readAfter('/v1/orders/personal/timeline?account=shop', written);
      expect(timeline.body).toMatchObject({
        items: [{ type: 'OrderCaptured', data: { customer } }],
      });
      const stream = await api.get(`/v1/streams/order-shop:personal`);
      expect(stream.body).toMatchObject({
        events: [{ data: { customer: { keyId: expect.any(String) } } }],
      });
      expect(JSON.stringify(stream.body)).not.toContain('Lovelace');
    });

    it('refuses a token of another ledger, of another store, and beyond the tail', async () => {
      const written = await api.post('/v1/events', order('tokens'));
      const token = readPositionToken(position(written));
      if (token === undefined) throw new Error('There is no token.');
      const ask = (changes: object) => {
        const after = writePositionToken({ ...token, ...changes });
        return api.get(`/v1/stats?after=${after}&wait=0`);
      };
      const other = { ...token, ledgerId: '00000000-0000-4000-8000-000000000000' };
      expect(await ask(other)).toMatchObject({
        status: 400,
        body: { code: 'position_token_invalid' },
      });
      const copied = { storeId: '00000000-0000-4000-8000-000000000000' };
      expect(await ask(copied)).toMatchObject({
        status: 400,
        body: { code: 'position_token_invalid' },
      });
      const beyond = { commit: token.commit + 1_000_000n, prepare: token.prepare + 1_000_000n };
      expect(await ask(beyond)).toMatchObject({
        status: 400,
        body: { code: 'position_beyond_tail' },
      });
    });

    it('pages through a list without gap or repeat', async () => {
      const ids = Array.from({ length: 7 }, (_, index) => `scan-${index}`);
      const shipment = { source: 'carrier', type: 'ShipmentScanned', account: 'shop' };
      const link = {
        source: 'shop',
        type: 'ExternalReferenceAttached',
        objectid: 'paged-shipment',
      };
      const reference = { referenceType: 'order', reference: 'order-shop:paged' };
      const written = await api.post('/v1/events', [
        order('paged'),
        order('paged-link', {
          ...link,
          subject: 'shipment-shop:paged%2Dshipment',
          data: { object: 'shipment-shop:paged%2Dshipment', ...reference },
        }),
        ...ids.map((id) =>
          order(id, { ...shipment, objectid: 'paged-shipment', data: { code: id, scanId: id } }),
        ),
      ]);
      expect(written.body).toMatchObject({
        outcomes: Array.from({ length: 9 }, () => ({ outcome: 'recorded' })),
      });
      for (const all of [true, false]) {
        const timeline = `/v1/orders/paged/timeline?account=shop&all=${all}`;
        const seen: Fields[] = [];
        let page = await api.readAfter(`${timeline}&limit=2`, written);
        for (;;) {
          const { items, next } = page.body as { items: Fields[]; next: string | null };
          seen.push(...items);
          if (next === null) break;
          page = await api.get(`${timeline}&limit=2&cursor=${next}`);
        }
        if (all) expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(9);
        expect((await api.get(timeline)).body).toMatchObject({ items: seen, next: null });
      }
    });
  });

  describe('a web page of another site', () => {
    const sentBy = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(`${api.url}/v1/stats`, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        sent.on('error', reject).end();
      });

    it('can neither ask under its own name nor from its own pages', async () => {
      const { host } = new URL(api.url);
      expect(await sentBy({ host })).toBe(200);
      expect(await sentBy({ host: 'localhost:2850', origin: 'http://localhost:5173' })).toBe(200);
      expect(await sentBy({ host: 'rebound.example' })).toBe(403);
      expect(await sentBy({ host, origin: 'https://foreign.example' })).toBe(403);
      expect(await sentBy({ host, origin: 'null' })).toBe(403);
    });
  });

  describe('the statistics', () => {
    it('count what was recorded', async () => {
      const written = await api.post('/v1/events', order('counted-in-statistics'));
      const { body } = await api.readAfter('/v1/stats', written);
      const statistics = body as { eventsByType: Record<string, string>; sequence: number };
      const total = Object.values(statistics.eventsByType).reduce(
        (sum, count) => sum + Number(count),
        0,
      );
      expect(statistics.eventsByType['LedgerOpened']).toBe('1');
      expect(total).toBe(statistics.sequence);
      expect(body).toMatchObject({ position: position(written) });
    });
  });

  describe('a request that is wrong', () => {
    it.each([
      ['/v1/nothing', 404, 'route_not_found'],
      ['/v1/orders/%ZZ', 400, 'parameter_invalid'],
      ['/v1/orders/1001', 400, 'account_required'],
      ['/v1/orders/1001?account=SHOP', 400, 'parameter_invalid'],
      ['/v1/orders?list=all', 400, 'parameter_invalid'],
      ['/v1/orders?status=sent', 400, 'parameter_invalid'],
      ['/v1/orders?nextOwner=courier', 400, 'parameter_invalid'],
      ['/v1/orders?blockedBy=rain', 400, 'parameter_invalid'],
      ['/v1/orders?finding=odd', 400, 'parameter_invalid'],
      ['/v1/findings?code=odd', 400, 'parameter_invalid'],
      ['/v1/projections/diff', 400, 'parameter_invalid'],
      ['/v1/orders?list=promise-broken&clock=May', 400, 'parameter_invalid'],
      ['/v1/orders/1001/timeline?account=shop&since=May', 400, 'parameter_invalid'],
      ['/v1/orders/1001/timeline?account=shop&audience=all', 400, 'parameter_invalid'],
      ['/v1/orders/1001/timeline?account=shop&language=xx', 400, 'parameter_invalid'],
      ['/v1/search', 400, 'parameter_invalid'],
      ['/v1/orders/unheard-of?account=shop', 404, 'order_not_found'],
      ['/v1/orders/unheard-of/timeline?account=shop', 404, 'order_not_found'],
      ['/v1/streams/order-shop:unheard', 404, 'stream_not_found'],
      ['/v1/streams/no%20leaf', 404, 'stream_not_found'],
      ['/v1/stock/%00', 400, 'parameter_invalid'],
      ['/v1/entries?limit=0', 400, 'parameter_invalid'],
      ['/v1/entries?limit=501', 400, 'parameter_invalid'],
      ['/v1/entries?period=2026-13', 400, 'parameter_invalid'],
      ['/v1/entries?cursor=nonsense', 400, 'cursor_invalid'],
      ['/v1/quarantine?cursor=nonsense', 400, 'cursor_invalid'],
      [`/v1/orders?cursor=${cursorOf('EUR', 'much', 'order-shop:1')}`, 400, 'cursor_invalid'],
      [`/v1/orphans?cursor=${cursorOf('\0')}`, 400, 'cursor_invalid'],
      ['/v1/stats?after=nonsense', 400, 'position_token_invalid'],
      ['/v1/stats?wait=30001', 400, 'parameter_invalid'],
      ['/v1/stats?after=a&after=b', 400, 'parameter_invalid'],
    ])('to %s is a problem with a code', async (path, status, code) => {
      expect(await api.get(path)).toMatchObject({ status, body: { status, code } });
    });
  });

  it('a filter that nothing can pass is told with what there is', async () => {
    expect((await api.get('/v1/orders?status=sent')).body).toMatchObject({
      detail: expect.stringMatching(/^status must be one of .*dispatched, partly_delivered/),
      field: 'status',
    });
    expect((await api.get('/v1/projections/diff?second=1')).body).toMatchObject({
      detail: 'first must be the number of a build; GET /v1/projections lists them.',
      field: 'first',
    });
  });
}
