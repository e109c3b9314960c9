import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from './progress.js';

/** How a terminal is told to show its cursor, and to break long lines again. */
const givenBack = ['\u001B[?25h', '\u001B[?7h'];

const watched = { print: () => undefined, note: () => undefined, isWatched: true };

/** A terminal's stream that keeps what was written to it. */
function watchedStream(): { readonly stream: PassThrough; readonly written: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  return { stream, written: () => String(stream.read() ?? '') };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a progress bar', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'gives the terminal back on %s, and then ends the process as if there were no bar',
    (signal) => {
      const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
      vi.spyOn(process, 'listenerCount').mockReturnValue(0);
      const { stream, written } = watchedStream();
      startProgress(watched, 'orders', 10, stream);
      process.listeners(signal).at(-1)?.(signal);
      const text = written();
      for (const sequence of givenBack) expect(text).toContain(sequence);
      expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, signal);
    },
  );

  it('leaves the end to whoever else waits for the signal', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    vi.spyOn(process, 'listenerCount').mockReturnValue(1);
    const { stream, written } = watchedStream();
    startProgress(watched, 'orders', 10, stream);
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    expect(written()).toContain(givenBack[0]);
    expect(kill).not.toHaveBeenCalled();
  });

  it('listens no longer once it has ended', () => {
    const before = process.listeners('SIGINT').length;
    const progress = startProgress(watched, 'orders', 10, watchedStream().stream);
    expect(process.listeners('SIGINT')).toHaveLength(before + 1);
    progress.end();
    expect(process.listeners('SIGINT')).toHaveLength(before);
  });
});
