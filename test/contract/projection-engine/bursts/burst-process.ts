import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compileModules } from '../../../doubles/compiled-folder.js';

const folderOfPrograms = 'test/contract/projection-engine/bursts';

/** Compiles the programs that runs of bursts start; the folder is to be removed. */
export function compileBurstPrograms(): Promise<string> {
  return compileModules([
    'test/fixtures/random.ts',
    'test/doubles/tcp-proxy.ts',
    ...['', '-answers', '-appends', '-plan', '-reads'].map(
      (part) => `test/doubles/hostile-node${part}.ts`,
    ),
    ...['', '-file'].map((part) => `test/doubles/simulated-disk${part}.ts`),
    'test/contract/projection-engine/accounts-domain.ts',
    ...['node', 'projector', 'feed'].map((name) => `${folderOfPrograms}/${name}-program.ts`),
  ]);
}

export async function removeBurstPrograms(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

const started = new Set<ChildProcess>();

/** Ends whatever a specification left running. */
export async function killBurstProcesses(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  started.clear();
}

/** A program of a run in a process of its own, and what it has said. */
export class BurstProcess<Words extends { readonly kind: string }> {
  readonly said: Words[] = [];
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(words: Words | undefined) => void>();

  constructor(folder: string, program: 'node' | 'projector', start: object) {
    const path = join(folder, folderOfPrograms, `${program}-program.js`);
    // Without the conditions of this process, by which libraries would be found as sources.
    const child = fork(path, [JSON.stringify(start)], { execArgv: [] });
    started.add(child);
    this.#child = child;
    child.on('message', (words: Words) => {
      this.said.push(words);
      for (const listener of this.#listeners) listener(words);
    });
    child.once('exit', () => {
      for (const listener of this.#listeners) listener(undefined);
    });
  }

  /** Waits for words of which something holds, from now on. @throws where the process ends before. */
  async hears<Wanted extends Words>(holds: (words: Words) => words is Wanted): Promise<Wanted>;
  async hears(holds: (words: Words) => boolean): Promise<Words>;
  async hears(holds: (words: Words) => boolean): Promise<Words> {
    return new Promise((resolve, reject) => {
      const listen = (words: Words | undefined): void => {
        if (words && !holds(words)) return;
        this.#listeners.delete(listen);
        if (words) resolve(words);
        else reject(new Error(`A process ended after: ${JSON.stringify(this.said.at(-1))}`));
      };
      this.#listeners.add(listen);
    });
  }

  /** Has it end in order; answers its last words. */
  async stop<Wanted extends Words>(isLast: (words: Words) => words is Wanted): Promise<Wanted> {
    const last = this.hears(isLast);
    const exited = once(this.#child, 'exit');
    this.#child.send('stop');
    const words = await last;
    await exited;
    return words;
  }
}
