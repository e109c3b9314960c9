import { expect, describe, it } from 'vitest';
import { leafOf, readPositionToken, sha256Hex } from '#kernel';
import { badInputs } from './bad-inputs.js';
import { type Fields, order, position, type SharedApi } from './shared-api.js';

async function expectRecorded(api: SharedApi, id: string): Promise<void> {
  expect(await api.post('/v1/events', order(id))).toMatchObject({ status: 201 });
}

/** Facts as they come in: what is not understood, what comes again, and ids as sources write them. */
export function describeEvents(api: SharedApi): void {
  describe('an event that cannot be understood', () => {
    it.each(badInputs)('because of $name is a problem, and kept', async (input) => {
      const before = await api.quarantined();
      const answer = await api.post('/v1/events', input.body);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({
        type: `/problems/${input.code}`,
        code: input.code,
        status: answer.status,
        ...(input.field === undefined ? {} : { field: input.field }),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      if (input.status !== undefined) expect(answer.status).toBe(input.status);

      const kept = await api.quarantined();
      expect(kept).toHaveLength(before.length + 1);
      const entry = kept.find(({ digest }) => before.every((each) => each['digest'] !== digest));
      expect(entry).toMatchObject({ code: input.code, field: input.field ?? null, count: 1 });

      await expectRecorded(api, `after ${input.name}`);
    });

    it('is counted where it comes again', async () => {
      const bad = order('counted', {}, { currency: 'XXX' });
      for (let time = 0; time < 3; time += 1) await api.post('/v1/events', bad);
      const entries = (await api.quarantined()).filter((each) => each['deliveryId'] === bad['id']);
      expect(entries).toMatchObject([{ source: 'shop', count: 3 }]);
    });

    it('leaves the others of its batch alone', async () => {
      const batch = [
        order('batch-good-1'),
        order('batch-bad', {}, { currency: 'XXX' }),
        5,
        order('batch-good-2'),
      ];
      const answer = await api.post('/v1/events', batch);
      expect(answer).toMatchObject({
        status: 200,
        body: {
          outcomes: [
            { outcome: 'recorded', id: 'delivery of batch-good-1', revision: 0 },
            { outcome: 'quarantined', code: 'currency_unknown', field: 'data.currency' },
            { outcome: 'quarantined', id: null, code: 'envelope_invalid' },
            {
              outcome: 'recorded',
              id: 'delivery of batch-good-2',
              leaf: 'order-shop:batch%2Dgood%2D2',
            },
          ],
          position: position(answer),
        },
      });
    });

    it('is explained at the address of its type', async () => {
      for (const { code } of badInputs) {
        const page = await api.get(`/problems/${code}`);
        expect(page).toMatchObject({ status: 200, body: expect.stringContaining(code) });
      }
    });
  });

  describe('a repeated delivery', () => {
    it('is answered with the first outcome', async () => {
      const first = await api.post('/v1/events', order('repeated'));
      const second = await api.post('/v1/events', order('repeated'));
      expect(first.status).toBe(201);
      expect(second.status).toBe(200);
      expect(second.body).toEqual({ ...(first.body as Fields), outcome: 'repeated' });
      expect(readPositionToken(position(second))).toBeDefined();
    });

    it('under the same id with other bytes is refused and kept', async () => {
      await api.post('/v1/events', order('reused'));
      const other = order('reused', {}, { channel: 'phone' });
      const answer = await api.post('/v1/events', other);
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'delivery_id_reused', field: 'id' },
      });
      expect(await api.quarantined()).toContainEqual(
        expect.objectContaining({ code: 'delivery_id_reused', deliveryId: other['id'] }),
      );
    });
  });

  describe('an odd id', () => {
    const ids = [
      '1001/2',
      'a b',
      '%2F',
      'Ä-ö',
      '日本',
      '👩‍👩‍👧',
      "O'Reilly; DROP TABLE",
      '#?&=+',
      'sku:with:colons',
      '-',
      'too long for a stream name '.repeat(30),
    ];

    it.each(ids.map((id) => [id.slice(0, 30), id]))(
      '%s reads back identical',
      async (_name, id) => {
        const written = await api.post('/v1/events', order(id, { id: `odd ${sha256Hex(id)}` }));
        expect(written.status).toBe(201);
        const raw = await api.readAfter(
          `/v1/orders/${encodeURIComponent(id)}?account=shop`,
          written,
        );
        const leaf = leafOf('order', ['shop', id]);
        expect(raw).toMatchObject({ status: 200, body: { leaf } });
        // An id whose leaf had to be shortened is found by it; its words stand in the metadata.
        if (!leaf.includes('~')) expect(raw.body).toMatchObject({ orderId: id });
        const byLeaf = await api.get(`/v1/orders/${encodeURIComponent(leaf)}`);
        expect(byLeaf.body).toEqual(raw.body);
      },
    );
  });
}
