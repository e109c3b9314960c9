import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact } from '#events';
import type { FactDelivery } from '../fact-delivery.js';
import type { OlistItemRow, OlistOrder, OlistOrderRow, OlistPaymentRow } from './rows.js';
import { translateOlistOrder } from './translate-order.js';

const orderRow: OlistOrderRow = {
  order_id: 'a4591c26',
  customer_id: '503740e9',
  order_status: 'delivered',
  order_purchase_timestamp: '2017-07-09 21:57:05',
  order_approved_at: '2017-07-09 22:10:13',
  order_delivered_carrier_date: '2017-07-11 14:58:04',
  order_delivered_customer_date: '2017-07-26 10:57:55',
  order_estimated_delivery_date: '2017-08-01 00:00:00',
};
const item: OlistItemRow = {
  order_id: 'a4591c26',
  order_item_id: '1',
  product_id: 'p1',
  price: '21.9',
  freight_value: '11.85',
};
const payment: OlistPaymentRow = {
  order_id: 'a4591c26',
  payment_sequential: '1',
  payment_type: 'credit_card',
  payment_value: '33.75',
};
const customer = {
  customer_id: '503740e9',
  customer_unique_id: 'u1',
  customer_zip_code_prefix: '01310',
  customer_city: 'sao paulo',
  customer_state: 'SP',
};

function given(changes: Partial<OlistOrderRow> = {}, rest: Partial<OlistOrder> = {}): OlistOrder {
  return {
    order: { ...orderRow, ...changes },
    customer,
    items: [item],
    payments: [payment],
    ...rest,
  };
}

function deliveriesOf(source: OlistOrder): readonly FactDelivery[] {
  const translation = translateOlistOrder(source);
  if (translation.outcome === 'refused') throw new Error(translation.message);
  return translation.deliveries;
}

function typesOf(source: OlistOrder): readonly string[] {
  return deliveriesOf(source).map(({ type }) => type);
}

function one(source: OlistOrder, type: string): FactDelivery {
  const found = deliveriesOf(source).filter((delivery) => delivery.type === type);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('an ordinary order', () => {
  it('is captured, promised, authorised, captured, dispatched and delivered', () => {
    expect(typesOf(given())).toEqual([
      'OrderCaptured',
      'PromiseDateSet',
      'PaymentAuthorized',
      'PaymentCaptured',
      'ShipmentDispatched',
      'ShipmentDelivered',
    ]);
  });

  it('keeps goods and freight as received, and of the customer only what is given', () => {
    expect(one(given(), 'OrderCaptured')).toMatchObject({
      source: 'olist',
      id: 'a4591c26/order-captured',
      objectid: 'a4591c26',
      time: '2017-07-09T21:57:05-03:00',
      data: {
        legalEntity: 'olist_br',
        currency: 'BRL',
        debtor: { kind: 'customer', id: 'u1' },
        lines: [
          { line: '1', kind: 'goods', sku: 'p1', qty: 1, gross: { minor: 2190, currency: 'BRL' } },
          { line: '1-freight', kind: 'shipping', gross: { minor: 1185, currency: 'BRL' } },
        ],
        customer: { addresses: [{ postalCode: '01310', city: 'sao paulo', region: 'SP' }] },
      },
    });
  });

  it('reads times with the offset that the zone had then', () => {
    const summer = given({ order_purchase_timestamp: '2018-01-15 10:00:00' });
    expect(one(summer, 'OrderCaptured').time).toBe('2018-01-15T10:00:00-02:00');
  });

  it('promises a day, at a time that the rows do not tell', () => {
    const promise = one(given(), 'PromiseDateSet');
    expect(promise).toMatchObject({
      precision: 'unknown',
      notbefore: '2017-07-09T21:57:05-03:00',
      data: { promised: '2017-08-01' },
    });
    expect(promise).not.toHaveProperty('time');
  });

  it('gives each unit its own line and leaves out freight of zero', () => {
    const second = { ...item, order_item_id: '2', freight_value: '0.0' };
    const source = given({}, { items: [item, second] });
    expect(one(source, 'OrderCaptured').data).toMatchObject({
      lines: [{ line: '1' }, { line: '1-freight' }, { line: '2' }],
    });
    expect(one(source, 'ShipmentDispatched').data).toMatchObject({
      lines: [
        { orderLine: '1', qty: 1 },
        { orderLine: '2', qty: 1 },
      ],
    });
  });
});

describe('payments', () => {
  it('are one object a row, authorised when approved, captured at a time unknown', () => {
    const voucher = { ...payment, payment_sequential: '2', payment_type: 'voucher' };
    const source = given({}, { payments: [payment, voucher] });
    const captures = deliveriesOf(source).filter(({ type }) => type === 'PaymentCaptured');
    expect(captures).toMatchObject([
      { objectid: 'a4591c26-1', transaction: '1', data: { tender: 'card', capture: '' } },
      { objectid: 'a4591c26-2', transaction: '2', data: { tender: 'voucher', capture: '' } },
    ]);
    expect(captures[0]).toMatchObject({
      precision: 'unknown',
      notbefore: '2017-07-09T22:10:13-03:00',
    });
    expect(one(given(), 'PaymentAuthorized').time).toBe('2017-07-09T22:10:13-03:00');
  });

  it('that were never approved are not authorised', () => {
    const source = given({ order_approved_at: '' });
    expect(typesOf(source)).not.toContain('PaymentAuthorized');
    expect(one(source, 'PaymentCaptured').notbefore).toBe('2017-07-09T21:57:05-03:00');
  });

  it('of zero are kept', () => {
    const source = given({}, { payments: [{ ...payment, payment_value: '0.0' }] });
    expect(one(source, 'PaymentCaptured').data).toMatchObject({
      amount: { minor: 0, currency: 'BRL' },
    });
  });
});

describe('cancellation', () => {
  it.each(['canceled', 'unavailable'])(
    'follows from the status %s, at a time unknown',
    (status) => {
      expect(one(given({ order_status: status }), 'OrderCancelled')).toMatchObject({
        precision: 'unknown',
        notbefore: '2017-07-09T21:57:05-03:00',
        data: { reason: status },
      });
    },
  );

  it('does not hide that the goods were sent and arrived', () => {
    const types = typesOf(given({ order_status: 'canceled' }));
    expect(types).toContain('ShipmentDispatched');
    expect(types).toContain('ShipmentDelivered');
  });
});

describe('shipment', () => {
  const undated = { order_delivered_carrier_date: '', order_delivered_customer_date: '' };

  it('is not told of while nothing says that it left', () => {
    const types = typesOf(given({ ...undated, order_status: 'invoiced' }));
    expect(types.filter((type) => type.startsWith('Shipment'))).toEqual([]);
  });

  it('delivered without a date is delivered at a time unknown', () => {
    expect(one(given({ order_delivered_customer_date: '' }), 'ShipmentDelivered')).toMatchObject({
      precision: 'unknown',
      notbefore: '2017-07-11T14:58:04-03:00',
      data: {},
    });
  });

  it('shipped without a date left at a time unknown', () => {
    const source = given({ ...undated, order_status: 'shipped' });
    expect(one(source, 'ShipmentDispatched')).toMatchObject({
      precision: 'unknown',
      notbefore: '2017-07-09T21:57:05-03:00',
    });
    expect(typesOf(source)).not.toContain('ShipmentDelivered');
  });

  it('that arrived without ever having left gets no invented dispatch', () => {
    const source = given(undated);
    expect(typesOf(source)).not.toContain('ShipmentDispatched');
    expect(one(source, 'ShipmentDelivered').data).toEqual({ lines: [{ orderLine: '1', qty: 1 }] });
    expect(one(source, 'ExternalReferenceAttached')).toMatchObject({
      subject: 'shipment-olist:a4591c26',
      data: {
        object: 'shipment-olist:a4591c26',
        referenceType: 'order',
        reference: 'order-olist:a4591c26',
      },
    });
  });

  it('of an order without items is scanned and tied to its order, since no units are known', () => {
    const types = typesOf(given({}, { items: [] }));
    expect(types).not.toContain('ShipmentDispatched');
    expect(types).toContain('ShipmentScanned');
    expect(types).toContain('ExternalReferenceAttached');
  });
});

describe('rows that cannot be read', () => {
  it.each([
    ['status_unknown', given({ order_status: 'lost' })],
    ['customer_missing', given({}, { customer: undefined })],
    ['time_unreadable', given({ order_approved_at: '2017-02-31 00:00:00' })],
    ['time_unreadable', given({ order_purchase_timestamp: '' })],
    ['amount_unreadable', given({}, { items: [{ ...item, price: '1.999' }] })],
    ['amount_unreadable', given({}, { payments: [{ ...payment, payment_value: '-1' }] })],
    ['tender_unknown', given({}, { payments: [{ ...payment, payment_type: 'pix' }] })],
  ])('refuse the whole order with %s', (code, source) => {
    expect(translateOlistOrder(source)).toMatchObject({ outcome: 'refused', code });
  });
});

const optionalTime = fc.constantFrom('', '2017-02-18 23:41:47', '2018-02-28 22:26:55');
const anyOrder = fc
  .record({
    order_status: fc.constantFrom(
      'created',
      'approved',
      'invoiced',
      'processing',
      'shipped',
      'delivered',
      'unavailable',
      'canceled',
    ),
    order_approved_at: optionalTime,
    order_delivered_carrier_date: optionalTime,
    order_delivered_customer_date: optionalTime,
    units: fc.nat(3),
    ways: fc.nat(3),
    tender: fc.constantFrom('credit_card', 'debit_card', 'boleto', 'voucher', 'not_defined'),
    minor: fc.nat(1_000_000),
  })
  .map(({ units, ways, tender, minor, ...columns }) =>
    given(columns, {
      items: Array.from({ length: units }, (_, index) => ({
        ...item,
        order_item_id: `${index + 1}`,
      })),
      payments: Array.from({ length: ways }, (_, index) => ({
        ...payment,
        payment_sequential: `${index + 1}`,
        payment_type: tender,
        payment_value: `${(minor - (minor % 100)) / 100}.${String(minor % 100).padStart(2, '0')}`,
      })),
    }),
  );

describe('any combination of columns', () => {
  it('gives facts of the catalogue, each with its own id, the same again and again', () => {
    fc.assert(
      fc.property(anyOrder, (source) => {
        const deliveries = deliveriesOf(source);
        expect(deliveriesOf(source)).toEqual(deliveries);
        expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length);
        for (const delivery of deliveries) {
          const reading = readFact(delivery, { zoneOf: () => undefined });
          expect(reading).toMatchObject({ outcome: 'understood' });
          expect(delivery.time === undefined).toBe(delivery.precision === 'unknown');
        }
      }),
    );
  });
});
