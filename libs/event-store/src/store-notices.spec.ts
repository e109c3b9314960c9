import { describe, expect, it } from 'vitest';

import { StoreNotices } from './store-notices.js';
import type { StoreNotice } from './store-notices.js';

describe('notices about the store', () => {
  it('come at most once a minute for each code, and say how often it happened', () => {
    const reported: StoreNotice[] = [];
    let now = 0;
    const notices = new StoreNotices(
      (notice) => reported.push(notice),
      () => now,
    );
    for (; now < 59_000; now += 100) notices.note('subscription_too_slow', 'too slow');
    notices.note('append_unanswered', 'lost');
    expect(reported.map((notice) => [notice.code, notice.occurrences])).toEqual([
      ['subscription_too_slow', 1],
      ['append_unanswered', 1],
    ]);
    now = 60_000;
    notices.note('subscription_too_slow', 'too slow again');
    expect(reported.at(-1)).toEqual({
      code: 'subscription_too_slow',
      message: 'too slow again',
      occurrences: 590,
    });
    expect(notices.total('subscription_too_slow')).toBe(591);
    expect(notices.total('subscription_interrupted')).toBe(0);
  });
});
