import { describe, expect, it } from 'vitest';
import { recognisePersons, withoutContacts } from './recognised-persons.js';

const recognised = (text: string) => recognisePersons(Buffer.from(text));

describe('bytes that nobody understood', () => {
  it('tell of persons by addresses, numbers and ids, in JSON and where it breaks off', () => {
    const text =
      '{"customer":{"id":"c-17"},"mail":"Ada <ada@example.org>.","tel":"+49 151 7654321",' +
      '"order":"order-shop:1001","parcelId":"p9","qty":2}';
    for (const each of [text, text.slice(0, -1), text.replace('@', '\\u0040')]) {
      const found = recognised(each);
      expect(found.emails).toEqual(['ada@example.org']);
      expect(found.personIds).toContain('c-17');
      expect(found.objectIds).toContain('p9');
      expect(found.leaves).toEqual(['order-shop:1001']);
      expect(found.phones).toEqual(['+49 151 7654321']);
    }
    expect(recognised(text).personIds).toEqual(['c-17']);
  });

  it.each([
    ['one long word', 'x'.repeat(1_000_000)],
    ['signs alone', '@'.repeat(200_000)],
    ['digits alone', '1'.repeat(1_000_000)],
    ['words for orders alone', 'order'.repeat(20_000)],
    ['lists without end', '['.repeat(5_000) + ']'.repeat(5_000)],
  ])('are looked through in a moment though they are %s', (_name, text) => {
    const begun = performance.now();
    recognised(text);
    recognised(JSON.stringify(text));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('are described without the addresses that stand in their words', () => {
    expect(withoutContacts('The field "ada@example.org" is unknown; call +49 151 7654321')).toBe(
      'The field "…" is unknown; call …',
    );
  });
});
