import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayLiteral, copyLine, textOf } from './text-format.js';

/** Reads one line of COPY text as PostgreSQL documents it. */
function readCopyLine(line: string): (string | null)[] {
  const escapes: Record<string, string> = { t: '\t', n: '\n', r: '\r' };
  return line
    .slice(0, -1)
    .split('\t')
    .map((field) =>
      field === String.raw`\N`
        ? null
        : field.replace(/\\(.)/gs, (_, sign) => escapes[sign] ?? sign),
    );
}

const texts = fc.oneof(fc.string(), fc.stringMatching(/^[\\\t\n\r"{},NUL]*$/));

describe('values as text', () => {
  it('come back from a line of COPY as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(texts, fc.constant(null)), { minLength: 1 }), (values) => {
        const line = copyLine(values);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(readCopyLine(line)).toEqual(values);
      }),
    );
  });

  it('are quoted within arrays, and arrays within arrays are texts', () => {
    expect(arrayLiteral(['a"b', String.raw`c\d`, null, 'NULL', ''])).toBe(
      String.raw`{"a\"b","c\\d",NULL,"NULL",""}`,
    );
    expect(arrayLiteral([textOf(['x', 'y z'])])).toBe(String.raw`{"{\"x\",\"y z\"}"}`);
  });

  it('keep large integers', () => {
    expect(copyLine([9_007_199_254_740_993n, 1, true])).toBe('9007199254740993\t1\ttrue\n');
  });
});
