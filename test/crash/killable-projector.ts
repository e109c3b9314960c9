import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { compileModules } from '../doubles/compiled-folder.js';

const modules = [
  'test/crash/projector-process.ts',
  'test/crash/awaited.ts',
  'test/contract/projection-engine/accounts-domain.ts',
];

/** What a projector's process is started with, and where it ends or stops itself. */
export interface ProjectorPlan {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly batchEventsMax: number;
  readonly lease?: {
    readonly leaseMilliseconds: number;
    readonly renewMilliseconds: number;
    readonly pollMilliseconds: number;
  };
  /** What the process sends itself; cleared once it is sent. */
  signal?: 'SIGKILL' | 'SIGSTOP' | undefined;
  /** The number of the point, from 1 on. */
  readonly atPoint?: number;
  /** The first point of this name, and once so many events are applied where that is said. */
  readonly atName?: string;
  readonly afterSequence?: number;
}

export interface ProjectorReport {
  readonly state: string;
  readonly sequence: number;
  readonly epoch: number;
  readonly repeated: number;
  /** Whether this process has committed anything yet. */
  readonly committed: boolean;
  /** How many points it had passed. */
  readonly points: number;
  /** When this process was told, in milliseconds of performance.now(). */
  readonly at: number;
}

/** Compiles the process's modules into a folder that is to be removed. */
export function compileProjector(): Promise<string> {
  return compileModules(modules);
}

export async function removeCompiled(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

const started = new Set<KillableProjector>();

/** Ends whatever a specification left running. */
export async function killProjectors(): Promise<void> {
  await Promise.all([...started].map((projector) => projector.kill()));
  started.clear();
}

/** A projector of the accounts in a process of its own. */
export class KillableProjector {
  readonly reports: ProjectorReport[] = [];
  readonly ended: Promise<unknown>;
  /** The point at which it sends itself the planned signal, as soon as it does. */
  readonly signalled: Promise<string>;
  readonly #process: ChildProcess;
  readonly #listeners = new Set<() => void>();
  #hasEnded = false;

  constructor(folder: string, plan: ProjectorPlan) {
    started.add(this);
    const words = [join(folder, 'test', 'crash', 'projector-process.js'), JSON.stringify(plan)];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    this.ended = once(child, 'close').then(() => {
      this.#hasEnded = true;
      for (const listener of this.#listeners) listener();
    });
    let isSignalled: (point: string) => void = () => undefined;
    this.signalled = new Promise((resolve) => (isSignalled = resolve));
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as ProjectorReport | { end: unknown } | { signalled: string };
      if ('end' in said) return;
      if ('signalled' in said) return isSignalled(said.signalled);
      this.reports.push({ ...said, at: performance.now() });
      for (const listener of this.#listeners) listener();
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get last(): ProjectorReport | undefined {
    return this.reports.at(-1);
  }

  /** Waits for a report of which something holds; undefined where the process ends before. */
  async until(
    holds: (report: ProjectorReport) => boolean,
    from = 0,
  ): Promise<ProjectorReport | undefined> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.reports.slice(from).find(holds);
        if (!found && !this.#hasEnded) return;
        this.#listeners.delete(look);
        resolve(found);
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** Waits for whatever it reports next, or for its end. */
  async next(): Promise<void> {
    // Of one that has ended there is nothing more to come, and others must get their turn.
    if (this.#hasEnded) await setImmediate();
    await this.until(() => true, this.reports.length);
  }

  send(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.kill(signal);
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.#hasEnded) this.#process.kill(signal);
    await this.ended;
  }
}
