import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** How far something is. */
export interface Progress {
  readonly advance: (count: number) => void;
  /** Says how far it is in all. */
  readonly reach: (count: number) => void;
  readonly end: () => void;
}

const silent: Progress = {
  advance: () => undefined,
  reach: () => undefined,
  end: () => undefined,
};

/**
 * Draws a bar where somebody watches, and is silent where the output goes to a file. A signal while
 * it is drawn gives the cursor and the wrapping of lines back first, and then ends as it would have.
 */
export function startProgress(
  terminal: Terminal,
  what: string,
  total: number,
  stream: NodeJS.WritableStream = process.stderr,
): Progress {
  if (!terminal.isWatched) return silent;
  const bar = new SingleBar(
    {
      format: `${what} {bar} {value} of {total}, {duration_formatted}`,
      stream,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const giveBack = (signal: NodeJS.Signals): void => {
    end();
    // Whoever else listens, as a running Daybook does, decides what the signal ends.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const end = (): void => {
    process.off('SIGINT', giveBack);
    process.off('SIGTERM', giveBack);
    bar.stop();
  };
  process.once('SIGINT', giveBack);
  process.once('SIGTERM', giveBack);
  bar.start(total, 0);
  return {
    advance: (count) => bar.increment(count),
    reach: (count) => bar.update(count),
    end,
  };
}
