/** Something an operator may want to read; what is ordinary on a real cluster comes once a minute. */
export interface StoreNotice {
  readonly code:
    'append_unanswered' | 'subscription_too_slow' | 'subscription_interrupted' | 'stream_protected';
  readonly message: string;
  /** How often it happened since the last notice of this code, this time included. */
  readonly occurrences: number;
}

const noticeIntervalMilliseconds = 60_000;

/** Counts what happens, and reports each code at most once a minute. */
export class StoreNotices {
  private readonly totals = new Map<StoreNotice['code'], number>();
  private readonly pending = new Map<StoreNotice['code'], number>();
  private readonly reportedAt = new Map<StoreNotice['code'], number>();

  constructor(
    private readonly report: (notice: StoreNotice) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  note(code: StoreNotice['code'], message: string): void {
    this.totals.set(code, this.total(code) + 1);
    const occurrences = (this.pending.get(code) ?? 0) + 1;
    const reportedAt = this.reportedAt.get(code);
    const now = this.now();
    if (reportedAt !== undefined && now - reportedAt < noticeIntervalMilliseconds) {
      this.pending.set(code, occurrences);
      return;
    }
    this.pending.set(code, 0);
    this.reportedAt.set(code, now);
    this.report({ code, message, occurrences });
  }

  /** How often it happened since the connection was made. */
  total(code: StoreNotice['code']): number {
    return this.totals.get(code) ?? 0;
  }
}
