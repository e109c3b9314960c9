import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');

export interface CommandRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** What went to standard error. */
  readonly notes: string;
}

/** Runs the compiled program with a command line; `npm run build` comes before. */
export async function runDaybook(
  commandArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandRun> {
  if (!existsSync(program)) throw new Error(`${program} is missing. Run: npm run build`);
  const child = spawn(process.execPath, [program, ...commandArguments], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const notes: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => notes.push(text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, output: output.join(''), notes: notes.join('') };
}

/** Runs a command with `--json` and reads its answer. */
export async function answerOf(commandArguments: readonly string[]): Promise<unknown> {
  const run = await runDaybook([...commandArguments, '--json']);
  if (run.exitCode !== 0) {
    throw new Error(
      `daybook ${commandArguments.join(' ')} ended with ${run.exitCode}: ${run.notes}`,
    );
  }
  return JSON.parse(run.output);
}
