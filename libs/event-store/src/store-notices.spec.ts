import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { StoreNotices } from './store-notices.js';
import type { StoreNotice } from './store-notices.js';

describe('notices about the store', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function givenNotices(): { readonly notices: StoreNotices; readonly reported: StoreNotice[] } {
    const reported: StoreNotice[] = [];
    return { notices: new StoreNotices((notice) => reported.push(notice)), reported };
  }
  const outlines = (reported: readonly StoreNotice[]) =>
    reported.map(({ code, message, occurrences }) => `${code} ${message} ${occurrences}`);

  it('come at once and then once a minute for each code, with a count', () => {
    const { notices, reported } = givenNotices();
    for (let burst = 0; burst < 590; burst += 1) {
      notices.note('subscription_too_slow', `burst ${burst}`);
      vi.advanceTimersByTime(100);
    }
    notices.note('append_unanswered', 'lost');
    expect(outlines(reported)).toEqual([
      'subscription_too_slow burst 0 1',
      'append_unanswered lost 1',
    ]);
    vi.advanceTimersByTime(1_000);
    expect(outlines(reported).at(-1)).toBe('subscription_too_slow burst 589 589');
    expect(notices.total('subscription_too_slow')).toBe(590);
    expect(notices.total('subscription_interrupted')).toBe(0);
  });

  it('come at once again after a minute in which nothing happened', () => {
    const { notices, reported } = givenNotices();
    notices.note('append_unanswered', 'first');
    vi.advanceTimersByTime(60_000);
    notices.note('append_unanswered', 'second');
    expect(outlines(reported)).toEqual(['append_unanswered first 1', 'append_unanswered second 1']);
  });

  it('are not lost where the connection is closed before the minute is over', () => {
    const { notices, reported } = givenNotices();
    for (const message of ['first', 'second', 'third']) notices.note('append_unanswered', message);
    notices.close();
    vi.advanceTimersByTime(60_000);
    expect(outlines(reported)).toEqual(['append_unanswered first 1', 'append_unanswered third 2']);
  });
});
