import { describe, expect, it } from 'vitest';
import { runCommandLine } from './program.js';

/** A command line whose Daybook fails in a way that nothing expects. */
async function failing(error: Error): Promise<{ exitCode: number; notes: readonly string[] }> {
  const notes: string[] = [];
  const fail = async () => {
    throw error;
  };
  const exitCode = await runCommandLine(['serve', '--data', 'unused'], {
    terminal: { print: () => undefined, note: (line) => notes.push(line), isWatched: false },
    composition: {
      startDaybook: fail,
      runServe: fail,
      verifyDaybook: fail,
      backUpDaybook: fail,
      restoreDaybook: fail,
      runProjector: fail,
      serveEventStore: fail,
      copyEventStore: fail,
      audit: fail,
    },
  });
  return { exitCode, notes };
}

describe('an error of Daybook itself', () => {
  it('ends with a code of its own and says one line', async () => {
    const { exitCode, notes } = await failing(new TypeError('a bigint\nand more'));
    expect(exitCode).toBe(70);
    expect(notes).toEqual(['An error of Daybook itself: a bigint (DAYBOOK_DEBUG=1 shows where).']);
  });
});
