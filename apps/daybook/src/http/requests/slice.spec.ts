import { describe, expect, it } from 'vitest';
import { isOrderKey } from '../../../../../projections/order-timeline/v1/list-queries.js';
import { writeCursor } from './page.js';
import { sliceOf } from './slice.js';

const refused = expect.objectContaining({
  parts: expect.objectContaining({ code: 'cursor_invalid' }),
});

describe('a cursor', () => {
  it('is read as it was written', () => {
    const key = ['EUR', '-1999', 'order-shop:1'];
    const slice = sliceOf({ cursor: writeCursor(key), limit: 5 }, 3, isOrderKey);
    expect(slice).toEqual({ after: key, limit: 5 });
  });
  it.each([
    ['of another list', ['EUR', '1999']],
    ['with a value that is no number', ['EUR', 'much', 'order-shop:1']],
    ['with a text that no store can hold', ['EUR', '1999', 'order-shop:\0']],
  ])('%s is refused', (_words, key) => {
    expect(() => sliceOf({ cursor: writeCursor(key) }, 3, isOrderKey)).toThrow(refused);
  });
});
