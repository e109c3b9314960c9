import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';

describe('work in parallel', () => {
  it('is done on every item, never on more at a time than allowed', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('ends with a failure, after what was begun and before what was not', async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = inParallel(2, [1, 2, 3, 4, 5, 6], async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      if (item === 2) throw new Error('the second');
    });
    await expect(work).rejects.toThrow('the second');
    expect(begun.length).toBeLessThan(6);
    expect(ended).toBe(begun.length);
  });
});
