import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');

/** Runs a command whose output nobody reads, as where `head` has seen enough. */
async function runUnread(...commandArguments: readonly string[]) {
  const child = spawn(process.execPath, [program, ...commandArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const notes: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => notes.push(text));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, notes: notes.join('') };
}

describe('a command whose reader has gone', () => {
  it('ends as it would have, without a word', async () => {
    expect(await runUnread('--help')).toEqual({ exitCode: 0, notes: '' });
  });
});
