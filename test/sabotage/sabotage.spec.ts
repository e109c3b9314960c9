import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const runner = join(import.meta.dirname, 'run.mjs');
/** The runner gives a build and a test 180 seconds each, and ends what takes longer itself. */
const runMillisecondsMax = 400_000;

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function sabotage(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [runner, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('the patches that break a promise', () => {
  it('still apply, every one', async () => {
    const { code, said } = await sabotage('--apply-only');
    expect(said).toMatch(/^sabotage: (\d+) of \1 patches apply$/m);
    expect(code).toBe(0);
  });

  it(
    'are noticed, one of them each day',
    async () => {
      const { code, said } = await sabotage('--rotate', '1');
      expect(said).toContain('sabotage: 1 of 1 broken promises were noticed');
      expect(code).toBe(0);
    },
    runMillisecondsMax,
  );
});
