import { expect } from 'vitest';
import { captured, order, orderLine, sent } from './parts.js';
import { Story } from './story.js';
import { walkthrough } from './walkthrough.js';

const bought = 'order-shop:1001';
const purchase = 'purchaseOrder-erp:po1';

const story = (): Story =>
  new Story()
    .tells('OrderCaptured', bought, order([orderLine('A', 10, 50_000, { tax: 5_000 })]), {
      at: '2026-05-01 09:00',
    })
    .tells('PaymentCaptured', 'payment-psp:pi_1', captured('ca_1', bought, 55_000), {
      at: '2026-05-01 09:01',
    })
    .tells(
      'PurchaseOrderIssued',
      purchase,
      {
        line: '1',
        supplier: 'supplier1',
        legalEntity: 'a',
        sku: 'A',
        qty: 10,
        uom: 'each',
        unitCost: { decimal: '30', currency: 'EUR' },
        shipTo: 'customer',
        order: bought,
        orderLine: 'A',
      },
      { at: '2026-05-01 10:00' },
    )
    .tells('ShipmentDispatched', 'shipment-supplier:s1', sent(bought, { A: 10 }), {
      at: '2026-05-03 10:00',
    });

walkthrough({
  name: '(h) a drop-ship',
  story,
  seen: {
    'is revenue when the supplier hands it over': (ending) => {
      expect(ending.balances()).toMatchObject({ revenue: 50_000n, tax_payable: 5_000n });
      expect(ending.contracts()).toEqual({});
    },
    'moves no stock of ours': (ending) => {
      expect(ending.rows('inventory_reservations.stock')).toEqual([]);
    },
    'shows the purchase order on the order': (ending) => {
      expect(ending.told(bought)).toContain('PurchaseOrderIssued');
    },
    'shows nothing odd': (ending) => {
      expect(ending.findings(bought)).toEqual([]);
    },
    'owes nothing any more': (ending) => {
      expect(ending.lines(bought)).toEqual({ A: 'dispatched' });
    },
  },
  waiting: [
    'Dr cost of goods sold 300.00 / Cr goods received, not invoiced at dispatch',
    'Dr goods received, not invoiced 300.00, price variance 10.00 / Cr payables; 15.00 freight blocked',
    'commission alone where the supplier is the seller of record',
  ],
});
