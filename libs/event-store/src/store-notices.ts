/** Something an operator may want to read; what is ordinary on a real cluster comes once a minute. */
export interface StoreNotice {
  readonly code:
    'append_unanswered' | 'subscription_too_slow' | 'subscription_interrupted' | 'stream_protected';
  readonly message: string;
  /** How often it happened since the last notice of this code, this time included. */
  readonly occurrences: number;
}

const noticeIntervalMilliseconds = 60_000;

/** What happened since the last notice of a code, and was not reported yet. */
interface Unreported {
  occurrences: number;
  message: string;
  readonly timer: NodeJS.Timeout;
}

/** Counts what happens, and reports each code at once and then at most once a minute, with a count. */
export class StoreNotices {
  private readonly totals = new Map<StoreNotice['code'], number>();
  private readonly unreported = new Map<StoreNotice['code'], Unreported>();
  private readonly reportedAt = new Map<StoreNotice['code'], number>();

  constructor(private readonly report: (notice: StoreNotice) => void) {}

  note(code: StoreNotice['code'], message: string): void {
    this.totals.set(code, this.total(code) + 1);
    const waiting = this.unreported.get(code);
    if (waiting) {
      waiting.occurrences += 1;
      waiting.message = message;
      return;
    }
    const since = performance.now() - (this.reportedAt.get(code) ?? Number.NEGATIVE_INFINITY);
    if (since >= noticeIntervalMilliseconds) {
      this.say({ code, message, occurrences: 1 });
      return;
    }
    const timer = setTimeout(() => this.sayUnreported(code), noticeIntervalMilliseconds - since);
    timer.unref();
    this.unreported.set(code, { occurrences: 1, message, timer });
  }

  /** How often it happened since the connection was made. */
  total(code: StoreNotice['code']): number {
    return this.totals.get(code) ?? 0;
  }

  /** Reports what was not reported yet, so that a count is never lost. */
  close(): void {
    for (const code of this.unreported.keys()) this.sayUnreported(code);
  }

  private sayUnreported(code: StoreNotice['code']): void {
    const waiting = this.unreported.get(code);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.unreported.delete(code);
    const { message, occurrences } = waiting;
    this.say({ code, message, occurrences });
  }

  private say(notice: StoreNotice): void {
    this.reportedAt.set(notice.code, performance.now());
    this.report(notice);
  }
}
