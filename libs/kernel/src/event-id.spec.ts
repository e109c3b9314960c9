import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { decisionIdOf, eventIdOf } from './event-id.js';
import { compareInstants, compareText } from './occurrence.js';
import { isWellFormedText } from './well-formed-text.js';

describe('event ids', () => {
  it('keep lists of parts apart that differ in any part or in where one ends', () => {
    const lists = fc.array(fc.string({ unit: fc.constantFrom('1', ':', ',', 'é') }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(lists, lists, (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        expect(eventIdOf(left) === eventIdOf(right)).toBe(same);
      }),
    );
  });
  it('do not tell two spellings of one character apart', () => {
    expect(eventIdOf(['Cafe\u0301'])).toBe(eventIdOf(['Caf\u00e9']));
  });
  it('of the first decision of every ledger are the same', () => {
    const opened = { client: 'daybook', route: 'open', idempotencyKey: '', leaf: 'ledger-main' };
    expect(decisionIdOf({ ...opened, step: '0' })).toBe('f9b81100-6aef-5bfe-b8c1-0c2b0f4a23a8');
    expect(decisionIdOf({ ...opened, step: '1' })).not.toBe(decisionIdOf({ ...opened, step: '0' }));
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order in which members were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
  it('has no bytes for what JSON cannot carry', () => {
    expect(() => canonicalJson(undefined)).toThrow('no canonical bytes');
    expect(() => canonicalJson({ value: Number.NaN })).toThrow();
  });
});

describe('comparing', () => {
  it('puts the unknown last', () => {
    expect([null, '2026', '2025'].sort(compareInstants)).toEqual(['2025', '2026', null]);
    expect(compareInstants(null, null)).toBe(0);
  });
  it('goes by code units and never by locale', () => {
    expect(['b', 'a', 'B', 'ä', '_'].sort(compareText)).toEqual(['B', '_', 'a', 'b', 'ä']);
  });
});

describe('text that can be stored', () => {
  it('is what UTF-8 gives back unchanged and PostgreSQL takes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '\u0000', '\ud800', '\udc00'),
        (text, odd) => {
          const whole = `${text}${odd}`;
          const survives = Buffer.from(whole, 'utf8').toString('utf8') === whole;
          expect(isWellFormedText(whole)).toBe(survives && !whole.includes('\u0000'));
        },
      ),
    );
  });
});
