import type { RefusedAttempt } from '#embedded-event-store';

const quietMilliseconds = 60_000;

/** What somebody tried to do to a stream, in words. */
const deeds: Readonly<Record<RefusedAttempt['attempt'], string>> = {
  soft_delete: 'delete the stream',
  tombstone: 'delete for good the stream',
  truncating_metadata: 'hide events by the metadata stream',
};

/**
 * Reports attempts to make events of the ledger unreadable, which the embedded event store refused:
 * the first at once, and then at most one a minute, with the count of those in between.
 *
 * @param now milliseconds that never go back
 */
export function attemptReporter(
  warn: (message: string) => void,
  now: () => number = () => performance.now(),
): (attempt: RefusedAttempt) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let unreported = 0;
  return ({ stream, attempt }) => {
    if (now() < quietUntil) {
      unreported += 1;
      return;
    }
    const others =
      unreported === 0 ? '' : ` So were ${unreported} other attempts since the last report.`;
    warn(
      `A client of the event store tried to ${deeds[attempt]} ${stream} of the ledger and was refused.` +
        `${others} Find out who connects to the event store besides Daybook.`,
    );
    quietUntil = now() + quietMilliseconds;
    unreported = 0;
  };
}
