import { expect, beforeAll, describe, it } from 'vitest';
import type { Answer } from '../../doubles/running-daybook.js';
import { eur, type Fields, order, type SharedApi } from './shared-api.js';

/** What a customer asks for, and what service works through. */
export function describeOrders(api: SharedApi): void {
  describe('what a customer asks for', () => {
    const amount = eur(1_000);
    const capture = (source: string) =>
      order(`asked-capture-${source}`, {
        source,
        account: 'psp',
        type: 'PaymentCaptured',
        objectid: 'pi_asked',
        time: '2026-01-03T00:00:00Z',
        data: {
          tender: 'card',
          amount,
          legalEntity: 'entity-eu',
          capture: 'ch_asked',
          orderRefs: [{ order: 'order-shop:asked', amount }],
          lastFourDigits: '9137',
        },
      });
    const promise = (id: string, promised: string, cause?: string) =>
      order(`asked-promise-${id}`, {
        type: 'PromiseDateSet',
        objectid: 'asked',
        time: `2026-01-0${id}T00:00:00Z`,
        version: id,
        data: { promised, ...(cause === undefined ? {} : { cause }) },
      });
    const contact = order('asked-contact', {
      type: 'CustomerContactReceived',
      objectid: 'asked',
      time: '2026-01-05T00:00:00Z',
      data: { reason: 'where_is_my_order', medium: 'phone', caseId: 'CASE-77' },
    });
    const customer = { name: 'Grace Hopper', email: 'grace@example.org', phone: '+49 30 5550199' };
    const parcel = order('asked-parcel', {
      source: 'carrier',
      type: 'ShipmentScanned',
      objectid: 'lost-parcel',
      data: { code: 'hub', tracking: 'JD 9 1' },
    });
    const odd = order('asked-odd', {
      type: 'ShipmentDispatched',
      objectid: 'asked-too-many',
      data: {
        kind: 'original',
        lines: [{ order: 'order-shop:odd', orderLine: '1', qty: 9 }],
      },
    });
    const timelinePath = '/v1/orders/asked/timeline?account=shop';
    let told: Answer;

    beforeAll(async () => {
      told = await api.post('/v1/events', [
        order('asked', {}, { customer, debtor: { kind: 'customer', id: 'customer-asked' } }),
        ...['psp', 'shop', 'bank'].map(capture),
        promise('2', '2026-01-04'),
        promise('3', '2026-01-06', 'carrier_delay'),
        parcel,
        order('odd'),
        odd,
      ]);
      // Streams of one batch are written in any order: what is last has to be asked for last.
      told = await api.post('/v1/events', contact);
      await api.readAfter(timelinePath, told);
    });

    it('is told a happening a line, with its other witnesses and what it replaced under it', async () => {
      const { items, zone } = (await api.get(timelinePath)).body as {
        items: readonly { type: string; under: readonly Fields[] }[];
        zone: string;
      };
      expect(items.map(({ type, under }) => [type, under.length])).toEqual([
        ['OrderCaptured', 0],
        ['PromiseDateSet', 1],
        ['PaymentCaptured', 2],
        ['CustomerContactReceived', 0],
      ]);
      expect(items[2]).toMatchObject({
        words: 'Paid 10.00 EUR by card',
        customerWords: 'You paid 10.00 EUR by card',
        account: 'psp',
        local: '2026-01-03T00:00:00+00:00',
        under: [{ standing: 'corroborates' }, { standing: 'corroborates' }],
      });
      expect(zone).toBe('UTC');
      const all = (await api.get(`${timelinePath}&all=true`)).body as { items: unknown[] };
      expect(all.items).toHaveLength(7);
    });

    it('rests on deliveries that are named down to their place in the store', async () => {
      const { status, body } = await api.get('/v1/orders/asked/evidence?account=shop');
      expect(status).toBe(200);
      const { items } = body as { items: readonly Fields[] };
      expect(items).toHaveLength(7);
      expect(items.find(({ deliveryId }) => deliveryId === 'delivery of asked')).toMatchObject({
        source: 'shop',
        leaf: 'order-shop:asked',
        deliveryDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        position: expect.any(String) as string,
      });
      expect(await api.get('/v1/orders/order-shop:nobody/evidence')).toMatchObject({
        status: 404,
        body: { code: 'order_not_found' },
      });
    });

    it('is told to customers in words for customers and nothing else', async () => {
      const { body } = await api.get(`${timelinePath}&audience=customer`);
      expect((body as { items: unknown[] }).items).toEqual([
        expect.objectContaining({ words: 'You ordered 1 item for 10.00 EUR' }),
        expect.objectContaining({ words: 'We expect to deliver your order by 2026-01-06' }),
        expect.objectContaining({ words: 'You paid 10.00 EUR by card' }),
        expect.objectContaining({ words: 'You got in touch with us' }),
      ]);
      expect(JSON.stringify(body)).not.toMatch(/psp|corroborates|Hopper|carrier_delay/);
    });

    it('is told what is new since a sequence, or since the last contact', async () => {
      const { lastContactSequence } = (await api.get('/v1/orders/asked?account=shop')).body as {
        lastContactSequence: string;
      };
      const since = await api.get(`${timelinePath}&since=${Number(lastContactSequence) - 1}`);
      expect(since.body).toMatchObject({ items: [{ type: 'CustomerContactReceived' }] });
      expect((await api.get(`${timelinePath}&since=contact`)).body).toMatchObject({ items: [] });
      const later = await api.post('/v1/events', capture('erp'));
      expect((await api.readAfter(`${timelinePath}&since=contact`, later)).body).toMatchObject({
        items: [{ type: 'PaymentCaptured', under: [{}, {}, {}] }],
      });
    });

    it('is told in a sentence, with the promise, what broke it and who acts next', async () => {
      const path = '/v1/orders/asked?account=shop&clock=2026-01-08';
      expect((await api.get(path)).body).toMatchObject({
        told: {
          agent:
            'Nothing is sent yet; the warehouse acts next. The promise of 2026-01-06 is broken. ' +
            'Promised for 2026-01-06 instead of 2026-01-04 (carrier delay).',
          customer:
            'We are preparing your order; it is later than the 2026-01-06 we promised, and we are ' +
            'sorry for it. Before, we had promised 2026-01-04.',
        },
        risks: [{ risk: 'promise_broken', dueAt: '2026-01-06' }],
        promises: [
          { before: null, promised: '2026-01-04' },
          { before: '2026-01-04', promised: '2026-01-06', cause: 'carrier_delay' },
        ],
        tenders: [{ payment: 'payment-psp:pi_asked', capturedMinor: '1000' }],
        lines: [{ units: [{ state: 'ordered', qty: 2 }] }],
      });
      expect((await api.get(path.replace('08', '05'))).body).toMatchObject({
        risks: [{ risk: 'promise_at_risk' }],
      });
    });

    it.each([
      ['order-shop:asked', 'order'],
      ['asked', 'order'],
      ['pi_asked', 'payment'],
      ['9137', 'card_digits'],
      ['customer-asked', 'customer'],
      ['case-77', 'case'],
      ['Grace@Example.org', 'email'],
      ['+49 30 5550199', 'phone'],
    ])('is found by %s', async (text, kind) => {
      const { body } = await api.get(`/v1/search?text=${encodeURIComponent(text)}`);
      expect(body).toMatchObject({
        items: [
          {
            subject: 'order-shop:asked',
            matched: expect.arrayContaining([kind]),
            header: { leaf: 'order-shop:asked', orderedMinor: '1000' },
          },
        ],
        next: null,
      });
    });

    it('is not found by what nobody knows', async () => {
      for (const text of ['nobody@example.org', 'pi_', '%20']) {
        const { body } = await api.get(`/v1/search?text=${text}`);
        expect(body).toEqual({ items: [], next: null });
      }
    });

    it('is on the lists that service works through, page by page', async () => {
      const leaves = async (query: string) => {
        const { items } = (await api.get(`/v1/orders?${query}&limit=500`)).body as {
          items: readonly { leaf: string }[];
        };
        return items.map(({ leaf }) => leaf);
      };
      expect(await leaves('list=promise-broken&clock=2026-01-07')).toContain('order-shop:asked');
      expect(await leaves('list=promise-broken&clock=2026-01-06')).not.toContain(
        'order-shop:asked',
      );
      expect(await leaves('list=paid-not-shipped')).toContain('order-shop:asked');
      expect(await leaves('list=refund-owed')).not.toContain('order-shop:asked');
      expect(await leaves('status=captured&channel=web')).toContain('order-shop:asked');
      expect(await leaves('nextOwner=carrier')).not.toContain('order-shop:asked');
      const all = await leaves('channel=web');
      const paged: string[] = [];
      for (let cursor = ''; ;) {
        const page = (await api.get(`/v1/orders?channel=web&limit=7${cursor}`)).body as {
          items: readonly { leaf: string }[];
          next: string | null;
        };
        paged.push(...page.items.map(({ leaf }) => leaf));
        if (page.next === null) break;
        cursor = `&cursor=${page.next}`;
      }
      expect(paged).toEqual(all);
      expect(new Set(paged).size).toBe(all.length);
    });

    it('is no orphan, as a parcel without an order is', async () => {
      const orphans = await api.get('/v1/orphans?limit=500');
      expect(orphans).toMatchObject({ status: 200, body: { next: null } });
      const { items } = orphans.body as { items: readonly Fields[] };
      expect(items).toContainEqual(
        expect.objectContaining({
          subject: 'shipment-carrier:lost%2Dparcel',
          entries: '1',
          types: ['ShipmentScanned'],
        }),
      );
      expect(items.filter(({ subject }) => subject === 'payment-psp:pi_asked')).toEqual([]);
      const found = await api.get('/v1/search?text=jd91');
      expect(found.body).toMatchObject({
        items: [{ subject: 'shipment-carrier:lost%2Dparcel', header: null, matched: ['tracking'] }],
      });
    });

    it('is listed by what is odd about it, and what is odd is counted', async () => {
      const { items } = (await api.get('/v1/findings/counts')).body as {
        items: readonly Fields[];
      };
      expect(items).toContainEqual({
        code: 'dispatched_more_than_ordered',
        severity: 'error',
        team: 'operations',
        count: '1',
        orders: '1',
      });
      const listed = await api.get('/v1/orders?finding=dispatched_more_than_ordered');
      expect(listed.body).toMatchObject({ items: [{ leaf: 'order-shop:odd' }], next: null });
    });
  });
}
