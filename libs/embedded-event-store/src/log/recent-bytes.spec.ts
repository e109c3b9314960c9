import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentBytes } from './recent-bytes.js';

const CAPACITY = 64;

describe('the recent bytes of the log', () => {
  it('give back exactly what the log holds, as long as it fits, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { maxLength: 20 }),
        fc.nat(2_000),
        fc.integer({ min: 1, max: CAPACITY }),
        (start, chunks, from, length) => {
          const recent = new RecentBytes(CAPACITY, start);
          for (const chunk of chunks) recent.add(Buffer.from(chunk));
          const log = Buffer.concat([Buffer.alloc(start), ...chunks]);
          const held = Math.max(start, log.length - CAPACITY);
          const position = from % (log.length + 1);
          const expected =
            position < held || position + length > log.length
              ? undefined
              : log.subarray(position, position + length);
          expect(recent.read(position, length)).toEqual(expected);
        },
      ),
    );
  });
});
