import { expect, describe, it } from 'vitest';
import { eur, type Fields, order, received, type SharedApi } from './shared-api.js';

/** Commands that are decided: once, under a key, and refused by name. */
export function describeDecisions(api: SharedApi): void {
  describe('a decision', () => {
    const allocation = (sku: string, name: string, qty: number): Fields => ({
      sku,
      node: 'warehouse',
      authority: 'daybook',
      allocation: name,
      lines: [
        {
          line: '1',
          order: 'order-shop:1001',
          orderLine: '1',
          owner: { kind: 'legal_entity', id: 'entity-eu' },
          qty,
          uom: 'piece',
        },
      ],
    });
    const asked = (key: string) => ({ 'daybook-client': 'shop', 'idempotency-key': key });

    it('is taken once, however often its command comes', async () => {
      await api.post('/v1/events', received('receipt-once', 'SKU-once', 5));
      const command = allocation('SKU-once', 'once', 3);
      const first = await api.post('/v1/allocations', command, asked('once'));
      expect(first).toMatchObject({ status: 201, body: { outcome: 'accepted', repeated: false } });
      const again = await api.post('/v1/allocations', command, asked('once'));
      const { eventId } = first.body as Fields;
      expect(again).toMatchObject({ status: 200, body: { outcome: 'accepted', eventId } });
      const stock = await api.readAfter('/v1/stock/SKU-once', again);
      expect(stock.body).toMatchObject({
        items: [{ onHand: '5', reserved: '3', available: '2' }],
        openReservations: [{ allocation: 'once', open: '3' }],
      });
    });

    it('under a used key with another command is refused', async () => {
      await api.post('/v1/events', received('receipt-reuse', 'SKU-reuse', 5));
      await api.post('/v1/allocations', allocation('SKU-reuse', 'reuse', 1), asked('reuse'));
      const other = allocation('SKU-reuse', 'reuse', 2);
      const answer = await api.post('/v1/allocations', other, asked('reuse'));
      expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    });

    it('never promises more than is there, and its refusal is final', async () => {
      await api.post('/v1/events', received('receipt-final', 'SKU-final', 1));
      const command = allocation('SKU-final', 'final', 2);
      const refusal = { status: 409, body: { code: 'insufficient_stock', field: 'lines.0.qty' } };
      expect(await api.post('/v1/allocations', command, asked('final'))).toMatchObject(refusal);
      await api.post('/v1/events', received('receipt-final-2', 'SKU-final', 9));
      expect(await api.post('/v1/allocations', command, asked('final'))).toMatchObject(refusal);
      const fresh = await api.post('/v1/allocations', command, asked('final-2'));
      expect(fresh.status).toBe(201);
    });

    it('holds against many clients at once', async () => {
      await api.post('/v1/events', received('receipt-race', 'SKU-race', 10));
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          api.post(
            '/v1/allocations',
            allocation('SKU-race', `race-${index}`, 1),
            asked(`race-${index}`),
          ),
        ),
      );
      const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted);
      expect(withStatus(201)).toHaveLength(10);
      expect(withStatus(409)).toHaveLength(30);
      // Answers come in no order, so every position is waited for before the stock is judged.
      for (const accepted of withStatus(201)) await api.readAfter('/v1/stock/SKU-race', accepted);
      const stock = await api.get('/v1/stock/SKU-race');
      expect(stock.body).toMatchObject({ items: [{ reserved: '10', available: '0' }] });
    });

    it('is given back by a deallocation', async () => {
      await api.post('/v1/events', received('receipt-back', 'SKU-back', 5));
      await api.post('/v1/allocations', allocation('SKU-back', 'back', 5), asked('back'));
      const answer = await api.post(
        '/v1/deallocations',
        {
          sku: 'SKU-back',
          node: 'warehouse',
          authority: 'daybook',
          allocation: 'back',
          deallocation: 'back-1',
          lines: [{ line: '1', qty: 4, uom: 'piece' }],
        },
        asked('back-1'),
      );
      expect(answer.status).toBe(201);
      const stock = await api.readAfter('/v1/stock/SKU-back', answer);
      expect(stock.body).toMatchObject({ items: [{ reserved: '1', available: '4' }] });
    });

    it('grants a credit up to what the order was sold for', async () => {
      await api.post('/v1/events', order('credited'));
      const credit = (memo: string, minor: number) => ({
        order: 'order-shop:credited',
        creditMemo: memo,
        legalEntity: 'entity-eu',
        currency: 'EUR',
        basis: 'goodwill',
        lines: [{ net: eur(minor), tax: eur(0) }],
      });
      const first = await api.post('/v1/credits', credit('memo-1', 600), asked('memo-1'));
      expect(first).toMatchObject({ status: 201, body: { leaf: 'order-shop:credited' } });
      const second = await api.post('/v1/credits', credit('memo-2', 600), asked('memo-2'));
      expect(second).toMatchObject({ status: 409, body: { code: 'credit_exceeds_order' } });
    });

    it.each([
      ['without a key', { 'daybook-client': 'shop' }, 'header_missing', 'Idempotency-Key'],
      ['of nobody', { 'idempotency-key': 'x' }, 'header_missing', 'Daybook-Client'],
    ])('%s is refused', async (_name, headers, code, field) => {
      const answer = await api.post('/v1/allocations', allocation('SKU', 'x', 1), headers);
      expect(answer).toMatchObject({ status: 400, body: { code, field } });
    });

    it.each([
      ['no JSON', '{', 400, 'body_not_json', undefined],
      ['null', 'null', 400, 'parameter_invalid', undefined],
      ['a list', '[]', 400, 'parameter_invalid', undefined],
      [
        'an unknown field',
        { ...allocation('S', 'x', 1), colour: 1 },
        400,
        'parameter_invalid',
        'colour',
      ],
      ['a fraction', allocation('S', 'x', 1.5), 400, 'parameter_invalid', 'lines.0.qty'],
      ['nothing asked for', allocation('S', 'x', 0), 422, 'quantity_invalid', 'lines.0.qty'],
      [
        'a text no store can hold',
        allocation('S', 'nul\u0000', 1),
        400,
        'parameter_invalid',
        'allocation',
      ],
    ])('from %s is refused', async (_name, body, status, code, field) => {
      const answer = await api.post('/v1/allocations', body, asked('bad'));
      expect(answer).toMatchObject({ status, body: { code, ...(field ? { field } : {}) } });
    });
  });
}
