import { describe, expect, it } from 'vitest';
import { customerWordsOf, type ToldEvent, wordsOf } from './index.js';

const order = 'order-pos:T1';
const lines = [{ order, orderLine: '1', qty: 1 }];

describe('a dispatch', () => {
  const told = { type: 'ShipmentDispatched', leaf: 'shipment-pos:T1', account: 'pos' } as const;
  it('that names a parcel went to a carrier', () => {
    const trackings = [{ carrier: 'dhl', tracking: '00340' }];
    const event: ToldEvent = { ...told, data: { kind: 'original', lines, trackings } };
    expect(wordsOf(event)).toBe('Handed 1 unit to the carrier: dhl 00340');
    expect(customerWordsOf(event)).toBe('We sent you 1 unit');
  });
  it('that names none was handed over, and no carrier is made up', () => {
    const event: ToldEvent = { ...told, data: { kind: 'original', node: 'store_berlin', lines } };
    expect(wordsOf(event)).toBe('Handed over 1 unit from store_berlin');
    expect(customerWordsOf(event)).toBe('We handed over 1 unit');
  });
});

describe('a quantity', () => {
  const adjusted = (delta: number, uom: string): string =>
    wordsOf({
      type: 'StockAdjusted',
      leaf: 'stock-wms:a1',
      account: 'wms',
      data: { delta, uom, reason: 'count' },
    } as unknown as ToldEvent);
  it('of what is counted one by one is in units', () => {
    expect(adjusted(1, 'each')).toBe('Put stock right by +1 unit: count');
    expect(adjusted(-3, 'each')).toBe('Put stock right by -3 units: count');
  });
  it('of what is measured is in its measure', () => {
    expect(adjusted(2, 'kg')).toBe('Put stock right by +2 kg: count');
  });
});

describe('a tie', () => {
  const tied = (referenceType: string, reference: string): string =>
    wordsOf({
      type: 'ExternalReferenceAttached',
      leaf: 'return-pos:R1',
      account: 'pos',
      data: { object: 'return-pos:R1', referenceType, reference },
    });
  it('names both of its sides, since both show it', () => {
    expect(tied('order', order)).toBe('Tied return-pos:R1 to order-pos:T1');
  });
  it('to what is no leaf says what that is', () => {
    expect(tied('case_id', 'C-7')).toBe('Tied return-pos:R1 to case id C-7');
  });
});
