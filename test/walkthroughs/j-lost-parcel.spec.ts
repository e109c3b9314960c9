import { expect } from 'vitest';
import { captured, money, order, orderLine, owner, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const lost = 'shipment-wms:s1';
const again = 'shipment-wms:s2';
const claim = 'claim-carrier:c1';
const stock = 'inventory-A:dc1';

const issued = (shipment: string, cause: 'sale' | 'replacement') => ({
  owner: owner(),
  qty: 1,
  uom: 'each',
  cause,
  shipment,
  line: '1',
  component: 0,
  order: bought,
  orderLine: 'A',
});

const story = (): Story =>
  new Story()
    .tells(
      'ItemCostSet',
      'item-a:A',
      {
        legalEntity: 'a',
        sku: 'A',
        uom: 'each',
        cost: { decimal: '60', currency: 'EUR' },
        validFrom: '2026-01-01',
      },
      { by: 'erp', at: '2026-01-01 00:00' },
    )
    .tells(
      'StockReceived',
      stock,
      {
        owner: owner(),
        qty: 5,
        uom: 'each',
        cause: 'purchase',
        bucket: 'sellable',
        receipt: 'gr1',
        line: '1',
      },
      { at: '2026-04-01 08:00' },
    )
    .tells('OrderCaptured', bought, order([orderLine('A', 1, 10_000, { tax: 1_000 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', 'payment-psp:pi_1', captured('ca_1', bought, 11_000), {
      at: '2026-05-01 09:01',
    })
    .tells('ShipmentDispatched', lost, sent(bought, { A: 1 }), { at: '2026-05-02 10:00' })
    .tells('StockIssued', stock, issued('s1', 'sale'), { at: '2026-05-02 09:00' })
    .tells('ShipmentLost', lost, { claim }, { by: 'carrier', at: '2026-05-09 10:00' })
    .tells(
      'ShipmentDispatched',
      again,
      sent(bought, { A: 1 }, { kind: 'replacement', replacesShipment: lost }),
      { at: '2026-05-10 10:00' },
    )
    .tells('StockIssued', stock, issued('s2', 'replacement'), { at: '2026-05-10 09:00' })
    .tells(
      'CarrierClaimFiled',
      claim,
      { shipment: lost, cause: 'lost', amount: money(6_000), legalEntity: 'a' },
      { by: 'tms', at: '2026-05-11 10:00' },
    )
    .tells(
      'CarrierClaimAccepted',
      claim,
      { shipment: lost, amount: money(6_000), legalEntity: 'a' },
      { at: '2026-05-20 10:00' },
    )
    .tells(
      'CarrierClaimPaid',
      claim,
      { shipment: lost, remittance: 'rm1', amount: money(6_000), legalEntity: 'a' },
      { at: '2026-06-01 10:00' },
    );

walkthrough({
  name: '(j) a lost parcel that is sent again',
  story,
  seen: {
    'sells once': (ending) => {
      expect(ending.balances()).toMatchObject({ revenue: 10_000n, tax_payable: 1_000n });
      expect(ending.posted(again)).toEqual({});
      expect(ending.contracts()).toEqual({});
    },
    'costs one sale': (ending) => {
      expect(ending.balances()).toMatchObject({ cost_of_goods_sold: -6_000n });
    },
    'takes both units from stock': (ending) => {
      expect(ending.stock('A', 'dc1')).toMatchObject({ sellable: 3n, on_hand: 3n });
    },
    'tells of the loss and of what was done about it': (ending) => {
      expect(ending.told(bought)).toEqual(
        expect.arrayContaining(['ShipmentLost', 'CarrierClaimFiled', 'CarrierClaimPaid']),
      );
      expect(ending.findings(bought)).toEqual(['replacement_sent']);
    },
  },
  waiting: [
    'Dr loss in transit 60.00 / Cr inventory 60.00 of the second unit',
    'Dr claims receivable 60.00 / Cr recovery when the claim is accepted, Dr bank when it is paid',
  ],
});
