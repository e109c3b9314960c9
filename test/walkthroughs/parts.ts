import type { EventData } from '#events';

type OrderLine = EventData<'OrderCaptured'>['lines'][number];

/** Amounts in cents of one currency. */
export const money = (minor: number, currency = 'EUR') => ({ minor, currency });

/** A line of goods, or of shipping where its name begins with `shipping`. */
export function orderLine(
  line: string,
  qty: number,
  gross: number,
  more: {
    readonly discount?: number;
    readonly tax?: number;
    readonly liable?: 'seller' | 'marketplace';
    readonly currency?: string;
  } = {},
): OrderLine {
  const currency = more.currency ?? 'EUR';
  const isShipping = line.startsWith('shipping');
  return {
    line,
    kind: isShipping ? 'shipping' : 'goods',
    ...(isShipping ? {} : { sku: line }),
    qty,
    uom: 'each',
    gross: money(gross, currency),
    discount: money(more.discount ?? 0, currency),
    taxes:
      more.tax === undefined
        ? []
        : [{ amount: money(more.tax, currency), liable: more.liable ?? 'seller' }],
  };
}

export const customer = { kind: 'customer', id: 'c1' };
export const owner = (legalEntity = 'a') => ({ kind: 'legal_entity', id: legalEntity });

/** An order of a customer in the web shop. */
export function order(
  lines: OrderLine[],
  more: Partial<EventData<'OrderCaptured'>> = {},
): EventData<'OrderCaptured'> {
  const [first] = lines;
  return {
    legalEntity: 'a',
    currency: first?.gross.currency ?? 'EUR',
    debtor: customer,
    channel: 'web',
    lines,
    ...more,
  };
}

/** The whole of a payment's amount for one order. */
export function forOrder(leaf: string, minor: number, currency = 'EUR') {
  return [{ order: leaf, amount: money(minor, currency) }];
}

/** A capture of a card, or of another tender. */
export function captured(
  capture: string,
  leaf: string,
  minor: number,
  tender: EventData<'PaymentCaptured'>['tender'] = 'card',
): EventData<'PaymentCaptured'> {
  return {
    tender,
    amount: money(minor),
    legalEntity: 'a',
    capture,
    orderRefs: forOrder(leaf, minor),
  };
}

/** A refund of a card, or of another tender. */
export function refunded(
  refund: string,
  leaf: string,
  minor: number,
  more: Partial<EventData<'RefundIssued'>> = {},
): EventData<'RefundIssued'> {
  return {
    tender: 'card',
    amount: money(minor),
    legalEntity: 'a',
    refund,
    orderRefs: forOrder(leaf, minor),
    ...more,
  };
}

/** Units of an order that leave. */
export function sent(
  leaf: string,
  units: Readonly<Record<string, number>>,
  more: Partial<EventData<'ShipmentDispatched'>> = {},
): EventData<'ShipmentDispatched'> {
  return { kind: 'original', lines: unitsOf(leaf, units), ...more };
}

export function unitsOf(leaf: string, units: Readonly<Record<string, number>>) {
  return Object.entries(units).map(([orderLineName, qty]) => ({
    order: leaf,
    orderLine: orderLineName,
    qty,
  }));
}
