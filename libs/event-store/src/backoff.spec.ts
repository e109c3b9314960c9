import { describe, expect, it } from 'vitest';

import { Backoff, delayUnlessAborted } from './backoff.js';

describe('a backoff', () => {
  it('begins at once, doubles up to a second and begins anew when something went well', () => {
    const backoff = new Backoff();
    const delays = Array.from({ length: 9 }, () => backoff.next());
    expect(delays).toEqual([0, 20, 40, 80, 160, 320, 640, 1_000, 1_000]);
    backoff.reset();
    expect(backoff.next()).toBe(0);
  });

  it('ends when its signal is aborted', async () => {
    const abort = new AbortController();
    const delayed = delayUnlessAborted(3_600_000, abort.signal);
    abort.abort();
    await expect(delayed).resolves.toBeUndefined();
    await expect(delayUnlessAborted(3_600_000, abort.signal)).resolves.toBeUndefined();
  });
});
