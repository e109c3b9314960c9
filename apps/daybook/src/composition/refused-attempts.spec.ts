import { describe, expect, it } from 'vitest';
import { attemptReporter } from './refused-attempts.js';

describe('the report of refused attempts', () => {
  it('comes at once, then at most once a minute with the count of the others', () => {
    const reports: string[] = [];
    let now = 0;
    const report = attemptReporter(
      (message) => reports.push(message),
      () => now,
    );
    const attempt = { stream: 'daybook-order-1', attempt: 'tombstone' } as const;
    report(attempt);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/tried to delete for good the stream daybook-order-1 of the ledger/);
    for (now = 1; now < 60_000; now += 1_000) report(attempt);
    expect(reports).toHaveLength(1);
    now = 60_000;
    report({ stream: '$$daybook-order-1', attempt: 'truncating_metadata' });
    expect(reports).toHaveLength(2);
    expect(reports[1]).toMatch(/hide events by the metadata stream .* So were 60 other attempts/);
    now = 200_000;
    report(attempt);
    expect(reports[2]).not.toMatch(/other attempts/);
  });
});
