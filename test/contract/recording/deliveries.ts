import { readFact } from '#events';
import type { Delivery } from '#recording';

let deliveryCount = 0;

/** One CloudEvents record as a delivery; a record without an id gets a new one. */
export function delivery(record: {
  readonly id?: string;
  readonly source: string;
  readonly type: string;
  readonly data: object;
  readonly [attribute: string]: unknown;
}): Delivery {
  deliveryCount += 1;
  const body = {
    specversion: '1.0',
    id: `delivery-${deliveryCount}`,
    time: '2026-03-01T10:00:00Z',
    ...record,
  };
  const reading = readFact(body, { zoneOf: () => undefined });
  if (reading.outcome !== 'understood') throw new Error(JSON.stringify(reading));
  return {
    source: body.source,
    deliveryId: body.id,
    rawBody: Buffer.from(JSON.stringify(body)),
    fact: reading,
    recordedBy: 'specification',
    translatorVersion: 'cloudevents 1',
  };
}

const owner = { kind: 'legal_entity', id: 'DE01' };

export function stockReceived(
  place: { readonly sku: string; readonly node: string },
  receipt: string,
  qty: number,
  record: { readonly id?: string; readonly source?: string } = {},
): Delivery {
  return delivery({
    source: 'wms.berlin',
    type: 'StockReceived',
    ...place,
    ...record,
    data: {
      owner,
      qty,
      uom: 'piece',
      cause: 'purchase',
      bucket: 'sellable',
      receipt,
      line: '1',
    },
  });
}

export function orderCaptured(
  order: string,
  more: { readonly id?: string; readonly customer?: object; readonly debtor?: string } = {},
): Delivery {
  const { id, customer, debtor = 'customer-7' } = more;
  return delivery({
    ...(id === undefined ? {} : { id }),
    source: 'shop.eu',
    type: 'OrderCaptured',
    objectid: order,
    data: {
      legalEntity: 'DE01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: debtor },
      channel: 'web',
      lines: [
        {
          line: '1',
          kind: 'goods',
          sku: 'mug',
          qty: 2,
          uom: 'piece',
          gross: { minor: 2_000, currency: 'EUR' },
          discount: { minor: 0, currency: 'EUR' },
          taxes: [{ amount: { minor: 380, currency: 'EUR' }, liable: 'seller' }],
        },
      ],
      ...(customer === undefined ? {} : { customer }),
    },
  });
}
