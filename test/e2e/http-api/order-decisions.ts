import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../doubles/running-daybook.js';
import { runDaybook } from '../command-line.js';
import { eur, type Fields, order, type SharedApi } from './shared-api.js';

const approval = 'approval-daybook:ap_1';
const [shop, copy] = ['order-shop:original', 'order-shop:copy'];

/** What people decide about what systems told, by the API and by the command line. */
export function describeOrderDecisions(api: SharedApi): void {
  const ask = (route: string, body: Fields, key: string): Promise<Answer> =>
    api.post(
      route,
      { approval, actor: 'role:lead', ...body },
      {
        'daybook-client': 'daybook',
        'idempotency-key': key,
      },
    );
  const command = (...words: readonly string[]) =>
    runDaybook(['decide', ...words, '--approval', approval, '--url', api.url]);

  describe('two orders that are one', () => {
    const merge = { order: copy, survivingOrder: shop, reason: 'captured_twice' };
    let merged: Answer;

    beforeAll(async () => {
      await api.post('/v1/events', [order('original'), order('copy')]);
      merged = await ask('/v1/order-duplicates', merge, 'merge');
    });

    it('are merged once, with who asked and why', async () => {
      expect(merged).toMatchObject({ status: 201, body: { leaf: copy, repeated: false } });
      const again = await ask('/v1/order-duplicates', merge, 'merge');
      const { eventId } = merged.body as Fields;
      expect(again).toMatchObject({ status: 200, body: { eventId, repeated: true } });
      const read = await api.readAfter(`/v1/orders/${copy}`, merged);
      expect(read.body).toMatchObject({ aliasOf: shop });
      const stream = (await api.get(`/v1/streams/${copy}`)).body as { events: Fields[] };
      expect(stream.events.at(-1)).toMatchObject({
        type: 'OrderMarkedDuplicate',
        data: { reason: 'captured_twice' },
        metadata: { kind: 'decision', account: 'daybook', actor: 'role:lead' },
      });
    });

    it.each([
      ['duplicate_already_marked', { order: copy, survivingOrder: shop }],
      ['order_unknown', { order: 'order-shop:nobody', survivingOrder: shop }],
      ['related_order_unknown', { order: shop, survivingOrder: 'order-shop:nobody' }],
      ['related_order_is_alias', { order: shop, survivingOrder: copy }],
    ])('are refused as %s where they cannot be', async (code, body) => {
      const answer = await ask('/v1/order-duplicates', body, `merge ${code}`);
      expect(answer).toMatchObject({ status: 409, body: { code, outcome: 'refused' } });
    });

    it('are decided without a notice once the approval is granted', async () => {
      const approvalFact = (type: string, data: Fields): Fields => ({
        ...order(`ap_2 ${type}`, { source: 'daybook', type, objectid: 'ap_2', data }),
      });
      const asked = { action: 'merge', about: [copy], requestedBy: 'role:agent' };
      await api.post('/v1/events', [approvalFact('ApprovalRequested', asked)]);
      const body = { ...merge, approval: 'approval-daybook:ap_2', order: 'order-shop:late' };
      await api.post('/v1/events', [order('late')]);
      const early = await ask('/v1/order-duplicates', body, 'late');
      expect(early).toMatchObject({
        status: 201,
        body: { notice: { message: expect.stringContaining('is not granted yet') as unknown } },
      });
      const granted = approvalFact('ApprovalGranted', { decidedBy: 'role:lead' });
      await api.post('/v1/events', [granted]);
      const again = await ask('/v1/order-duplicates', body, 'late');
      expect(again).toMatchObject({ status: 200, body: { repeated: true, notice: null } });
    });

    it('take a balance from one to the other, once under an id', async () => {
      const transfer = {
        order: copy,
        toOrder: shop,
        transfer: 'bt_1',
        legalEntity: 'entity-eu',
        balance: eur(-1_000),
        cause: 'duplicate',
      };
      const moved = await ask('/v1/balance-transfers', transfer, 'balance');
      expect(moved).toMatchObject({ status: 201, body: { leaf: copy } });
      expect(moved).toMatchObject({
        body: {
          notice: {
            approval,
            finding: 'approval_missing',
            message: expect.stringContaining('is not known yet') as unknown,
          },
        },
      });
      const again = await ask('/v1/balance-transfers', transfer, 'balance 2');
      expect(again).toMatchObject({ status: 409, body: { code: 'balance_transfer_exists' } });
      const other = { ...transfer, transfer: 'bt_2', balance: { minor: 1, currency: 'USD' } };
      const refused = await ask('/v1/balance-transfers', other, 'balance 3');
      expect(refused).toMatchObject({ status: 409, body: { code: 'currency_differs' } });
    });

    it('are parted again by the event that merged them, from the command line too', async () => {
      const { eventId } = merged.body as { eventId: string };
      const unknown = await command('revert-merge', copy, '--from', shop, '--merged-by', 'x');
      expect(unknown).toMatchObject({ exitCode: 2, output: '' });
      expect(unknown.notes).toContain('merge_unknown');
      const named = [copy, '--from', shop, '--merged-by', eventId];
      const parted = await command('revert-merge', ...named, '--key', 'part', '--json');
      expect(parted.notes).toBe('');
      expect(JSON.parse(parted.output)).toMatchObject({ outcome: 'accepted', leaf: copy });
      const body = { order: copy, survivingOrder: shop, mergedBy: eventId };
      // The command line asks by the same route: the same key of the same client is a repeat.
      const repeated = await api.post(
        '/v1/merge-reversals',
        { ...body, approval },
        { 'daybook-client': 'daybook.cli', 'idempotency-key': 'part' },
      );
      expect(repeated).toMatchObject({ status: 200, body: { repeated: true } });
      const again = await ask('/v1/merge-reversals', body, 'part');
      expect(again).toMatchObject({ status: 409, body: { code: 'merge_unknown' } });
    });
  });

  describe('what a transfer lacks', () => {
    const transfer = 'transfer-erp:t1';
    const item = { line: '1', sku: 'SKU-moved', uom: 'piece' };
    const told = (type: string, data: Fields): Fields =>
      order(`t1 ${type}`, { source: 'erp', type, objectid: 't1', data: { ...item, ...data } });
    const settle = (resolution: string, lost: number) => ({
      ...item,
      transfer,
      resolution,
      found: 0,
      lost,
      misshipped: 0,
    });

    it('is settled up to what was sent and not counted', async () => {
      await api.post('/v1/events', [
        told('TransferShipped', { shipment: 's1', qty: 10 }),
        told('TransferReceived', { receipt: 'r1', qty: 8 }),
      ]);
      const too = await ask('/v1/transfer-resolutions', settle('rs_1', 3), 'settle 1');
      expect(too).toMatchObject({
        status: 409,
        body: { code: 'variance_exceeded', details: { left: '2' } },
      });
      const done = await ask('/v1/transfer-resolutions', settle('rs_1', 2), 'settle 2');
      expect(done).toMatchObject({ status: 201, body: { leaf: transfer } });
      const wrong = await ask(
        '/v1/transfer-resolutions',
        { ...settle('rs_2', 1), transfer: shop },
        'settle 3',
      );
      expect(wrong).toMatchObject({ status: 422, body: { code: 'leaf_invalid' } });
    });
  });
}
