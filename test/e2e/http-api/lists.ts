import { beforeAll, describe, expect, it } from 'vitest';
import type { EventType } from '#events';
import type { Answer } from '../../doubles/running-daybook.js';
import { sampleOf } from '../../fixtures/events/index.js';
import { answerOf, runDaybook } from '../command-line.js';
import { eur, type Fields, type SharedApi } from './shared-api.js';

let deliveries = 0;

/** A sample event as its source sends it, with some of its data changed. */
function told(type: EventType, changes: Fields = {}, leaf?: string): Fields {
  const { account, data, version, leaf: ofSample } = sampleOf(type);
  deliveries += 1;
  return {
    specversion: '1.0',
    id: `listed ${deliveries}`,
    source: account,
    type,
    subject: leaf ?? ofSample,
    time: '2026-03-10T12:00:00Z',
    ...(version === undefined ? {} : { version }),
    data: { ...(data as Fields), ...changes },
  };
}

const overdrawn = 'giftCard-shopify.store_eu:gc_over';
const card = 'giftCard-shopify.store_eu:gc_9';
const batch = 'settlement-stripe.acct_1:po_4711';
const till = 'till-store_7:2026%2D03%2D10';

const history = [
  told('GiftCardIssued'),
  told('GiftCardRedeemed'),
  told('GiftCardIssued', { amount: eur(100) }, overdrawn),
  told('GiftCardRedeemed', { redemption: 'rd_2', amount: eur(250) }, overdrawn),
  told('SettlementLineReported'),
  told('SettlementLineReported', {
    line: 'txn_32',
    gross: eur(1),
    fee: eur(0),
    tax: eur(0),
    net: eur(1),
  }),
  told('PayoutReceived'),
  told('SettlementLineReported', {}, 'settlement-stripe.acct_1:po_4712'),
  told('TillOpened'),
  told('TillClosed'),
  told('StockBackordered'),
  told('IncomingStockExpected'),
  told('TransferRequested'),
  told('StockIssued', {
    cause: 'transfer',
    shipment: 'ts_1',
    qty: 10,
    transfer: 'transfer-wms.dc1:tr_1',
    transferLine: '1',
    destination: 'store1',
    ...Object.fromEntries(
      ['allocation', 'allocationLine', 'order', 'orderLine', 'bucket', 'lot'].map((name) => [
        name,
        undefined,
      ]),
    ),
  }),
];

/** Lists of money and goods that are open, page by page, and as the command line shows them. */
export function describeLists(api: SharedApi): void {
  const command = (...words: readonly string[]) => runDaybook([...words, '--url', api.url]);
  const itemsOf = async (path: string): Promise<readonly Fields[]> => {
    const { status, body } = await api.get(path);
    expect(status).toBe(200);
    return (body as { items: readonly Fields[] }).items;
  };

  describe('money beside the books', () => {
    let written: Answer;

    beforeAll(async () => {
      written = await api.post('/v1/events', history);
      const outcomes = (written.body as { outcomes: readonly Fields[] }).outcomes;
      expect(outcomes.filter(({ outcome }) => outcome !== 'recorded')).toEqual([]);
      await api.readAfter('/v1/stats', written);
    });

    it('tells what is on a gift card and what moved it, by its leaf and by its id', async () => {
      const byLeaf = await api.get(`/v1/gift-cards/${card}`);
      expect(byLeaf.body).toMatchObject({
        card,
        balances: [{ currency: 'EUR', issued: '10000', redeemed: '6000', balance: '4000' }],
        items: [{ type: 'GiftCardIssued' }, { type: 'GiftCardRedeemed', standing: 'effective' }],
        next: null,
      });
      const byId = await api.get('/v1/gift-cards/gc_9?account=shopify.store_eu');
      expect(byId.body).toEqual(byLeaf.body);
      expect(await api.get('/v1/gift-cards/gc_9')).toMatchObject({
        status: 400,
        body: { code: 'account_required' },
      });
      expect(await api.get('/v1/gift-cards/giftCard-shop:none')).toMatchObject({
        status: 404,
        body: { code: 'gift_card_not_found' },
      });
      const shown = await command('gift-cards', card);
      expect(shown.output).toMatch(/giftCard-shopify\.store_eu:gc_9 +100\.00 EUR +60\.00 EUR/);
    });

    it('lists the cards that paid more than was on them', async () => {
      expect(await itemsOf('/v1/gift-cards?overdrawn=true')).toMatchObject([
        { card: overdrawn, balance: '-150', finding: { code: 'gift_card_overdrawn' } },
      ]);
      const cards = (await itemsOf('/v1/gift-cards')).map((each) => each['card']);
      expect(cards).toEqual([card, overdrawn]);
      const first = (await api.get('/v1/gift-cards?limit=1')).body as { next: string };
      expect(await itemsOf(`/v1/gift-cards?limit=1&cursor=${first.next}`)).toMatchObject([
        { card: overdrawn },
      ]);
    });

    it('lists payouts by how they compare with the bank, with their lines', async () => {
      expect(await itemsOf('/v1/payouts?state=differs')).toMatchObject([
        { batch, lines: '2', net: '5699', paidOut: '5698', open: '1', state: 'differs' },
      ]);
      expect(await itemsOf('/v1/payouts?state=awaited&currency=EUR')).toMatchObject([
        { batch: 'settlement-stripe.acct_1:po_4712' },
      ]);
      const one = await api.get(`/v1/payouts/${batch}?limit=2`);
      expect(one.body).toMatchObject({
        payouts: [{ state: 'differs' }],
        items: [{ type: 'SettlementLineReported' }, { type: 'SettlementLineReported' }],
        next: expect.any(String) as string,
      });
      expect(await api.get('/v1/payouts?state=lost')).toMatchObject({ status: 400 });
      expect((await command('payouts')).output).toMatch(/0\.01 EUR +differs/);
    });

    it('lists what tills counted, and what is over or short', async () => {
      expect(await itemsOf(`/v1/tills?till=${encodeURIComponent(till)}`)).toHaveLength(2);
      expect(await itemsOf('/v1/tills?off=true')).toMatchObject([
        { till, tender: 'cash', difference: '-50' },
      ]);
      expect((await command('tills', '--off')).output).toMatch(/cash .* -0\.50 EUR +short/);
    });

    it('lists what contracts come to', async () => {
      const contracts = await itemsOf('/v1/contract-balances?legalEntity=entity-eu');
      for (const { balanceMinor } of contracts) expect(balanceMinor).not.toBe('0');
      const all = await itemsOf('/v1/contract-balances?all=true');
      expect(all.length).toBeGreaterThanOrEqual(contracts.length);
      expect((await command('contracts')).exitCode).toBe(0);
    });
  });

  describe('goods that are not there', () => {
    it('are waited for, to come and under way', async () => {
      expect(await itemsOf('/v1/backorders?sku=85123A&node=dc1')).toMatchObject([
        { backorder: 'bo_1', open: '1', expectedAt: '2026-03-20' },
      ]);
      expect(await itemsOf('/v1/backorders?order=order-shop:none')).toEqual([]);
      expect(await itemsOf('/v1/incoming-stock?sku=85123A')).toMatchObject([
        { purchaseOrderLine: '10', expected: '10', open: '10', certainty: 'ordered' },
      ]);
      expect(await itemsOf('/v1/transfers?list=in-transit&node=store1')).toMatchObject([
        { transfer: 'transfer-wms.dc1:tr_1', line: '1', inTransit: '10', state: 'in_transit' },
      ]);
      expect(await itemsOf('/v1/transfers?list=short')).toEqual([]);
      expect(await api.get('/v1/transfers?list=lost')).toMatchObject({ status: 400 });
      const shown = await answerOf(['transfers', '--list', 'in-transit', '--url', api.url]);
      expect(shown).toMatchObject({ items: [{ inTransit: '10' }], next: null });
    });
  });
}
