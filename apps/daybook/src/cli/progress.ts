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

/** Draws a bar where somebody watches, and is silent where the output goes to a file. */
export function startProgress(terminal: Terminal, what: string, total: number): Progress {
  if (!terminal.isWatched) return silent;
  const bar = new SingleBar(
    {
      format: `${what} {bar} {value} of {total}, {duration_formatted}`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    advance: (count) => bar.increment(count),
    reach: (count) => bar.update(count),
    end: () => bar.stop(),
  };
}
