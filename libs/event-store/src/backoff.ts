const firstDelayMilliseconds = 20;
const delayMillisecondsMax = 1_000;

/** Waits that double, from 20 ms to one second, until something went well again. */
export class Backoff {
  private delayMilliseconds = 0;

  /** The next delay in milliseconds: none at first. */
  next(): number {
    const delay = this.delayMilliseconds;
    this.delayMilliseconds = Math.min(
      Math.max(delay * 2, firstDelayMilliseconds),
      delayMillisecondsMax,
    );
    return delay;
  }

  reset(): void {
    this.delayMilliseconds = 0;
  }
}

/** Waits, or less where the signal is aborted before; never rejects. */
export function delayUnlessAborted(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
