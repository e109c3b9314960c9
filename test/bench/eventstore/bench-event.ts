import { jsonEvent, type JSONEventData } from '@eventstore/db-client';

export const benchEventType = 'BenchMeasured';
export const contentType = 'application/json';

/** Fills the data to the size of an average event of a ledger. */
const padding = 'A parcel of two lines left the warehouse in Leipzig. '.repeat(4).slice(0, 200);

/** 380 to 400 bytes of JSON; the number makes it another event each time. */
export function benchEventData(number: number) {
  return {
    orderId: `order-${String(number).padStart(10, '0')}`,
    warehouse: 'leipzig-2',
    lines: [
      { sku: 'espresso-cup-blue', quantity: 2, unitPrice: '12.90' },
      { sku: 'saucer-white', quantity: 2, unitPrice: '4.50' },
    ],
    note: padding,
  };
}

export function benchEvent(number: number): JSONEventData {
  return jsonEvent({ type: benchEventType, data: benchEventData(number) });
}
