import { describe, expect, it } from 'vitest';
import { storableName } from './storable-name.js';

describe('a name under which an event is parked', () => {
  it('is the name itself where PostgreSQL can hold and index it', () => {
    expect(storableName('order-shop:1001')).toBe('order-shop:1001');
    expect(storableName('\u{1f300}')).toBe('\u{1f300}');
  });

  it.each(['with \u0000', 'half \ud83d', 'ä'.repeat(501)])('is a digest else', (name) => {
    const stored = storableName(name);
    expect(stored).toMatch(/^~[0-9a-f]{64}$/);
    expect(storableName(stored)).toBe(stored);
  });
});
