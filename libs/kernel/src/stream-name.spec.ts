import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNamePart, leafOf, parseLeaf } from './stream-name.js';
import { isWellFormedText } from './well-formed-text.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 20_000 : 500;

const oddPart = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        'A',
        '-',
        ':',
        '/',
        '%',
        '~',
        '"',
        ' ',
        '.',
        '_',
        '😀',
        'é',
        'e\u0301',
      ),
      minLength: 1,
      maxLength: 400,
    }),
  )
  .filter(isWellFormedText);
const parts = fc.array(oddPart, { minLength: 1, maxLength: 4 });

const inNormalForm = (ids: readonly string[]) => ids.map((id) => id.normalize('NFC'));

describe('the grammar of leaves', () => {
  it('gives two things one leaf only where their ids are the same text', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = JSON.stringify(inNormalForm(left)) === JSON.stringify(inNormalForm(right));
        expect(leafOf('order', left) === leafOf('order', right)).toBe(same);
      }),
      { numRuns: runs },
    );
  });
  it('keeps ids apart that differ by where one part ends', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (ids, at) => {
        const text = ids.join('');
        const characters = Array.from(text);
        fc.pre(characters.length > 1);
        const cut = 1 + (at % (characters.length - 1));
        const [first, second] = [characters.slice(0, cut).join(''), characters.slice(cut).join('')];
        expect(leafOf('order', [first, second])).not.toBe(leafOf('order', [text]));
      }),
      { numRuns: runs },
    );
  });
  it('reads ids back unless the leaf had to be shortened', () => {
    fc.assert(
      fc.property(parts, (ids) => {
        const read = parseLeaf(leafOf('order', ids));
        const encoded = ids.map(encodeNamePart).join(':');
        expect(read).toEqual({
          category: 'order',
          parts: encoded.length > 400 ? undefined : inNormalForm(ids),
        });
      }),
      { numRuns: runs },
    );
  });
  it('never lets a name grow beyond what it is cut to', () => {
    fc.assert(
      fc.property(parts, (ids) => {
        const id = leafOf('order', ids).slice('order-'.length);
        expect(id.length).toBeLessThanOrEqual(400);
        expect(id).toMatch(/^(?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+$/);
      }),
      { numRuns: runs },
    );
  });
  it.each([
    ['no part', []],
    ['an empty part', ['shop', '']],
    ['U+0000', ['shop', '\u0000']],
    ['a lone surrogate', ['shop', '\ud800']],
  ])('refuses to name a thing with %s', (_what, ids) => {
    expect(() => leafOf('order', ids)).toThrow('needs parts');
  });
  it.each([
    'order',
    'order-',
    '-a:b',
    'Order-a:b',
    'order-a:',
    'order-a b',
    'order-a:%2f',
    'order-a:%41',
    'order-a:%',
    'order-a:%00',
    'order-a:%ED%A0%80',
    'order-a:e%CC%81',
    'order-a:~b',
    `order-a:~${'0'.repeat(64)}`,
    `order-${'a'.repeat(301)}:~${'0'.repeat(64)}`,
    `order-${'a'.repeat(297)}%00:~${'0'.repeat(64)}`,
    `order-${'a'.repeat(300)}:~${'0'.repeat(63)}`,
  ])('does not read %s', (leaf) => {
    expect(parseLeaf(leaf)).toBeUndefined();
  });
});
