import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const program = new URL('../../dist/apps/daybook/src/main.js', import.meta.url).pathname;
const clientProgram = new URL('./event-store-client.mjs', import.meta.url).pathname;

/** An append as a client process reported it. */
export interface Acknowledgement {
  readonly stream: string;
  readonly lastRevision: number;
  readonly acknowledged: readonly string[];
}

/** `daybook eventstore` in a process of its own, which a test may kill without warning. */
export class KillableEventStore {
  #process: ChildProcess | undefined;
  #port = 0;

  constructor(readonly directory: string) {}

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts it, on the port it had before, and returns once it listens. */
  async start(): Promise<void> {
    const words = [program, 'eventstore', '--port', String(this.#port), '--db', this.directory];
    // It ends with its parent, and so must be given an input that stays open.
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    for await (const line of createInterface(child.stdout)) {
      const [word, port] = line.split(' ');
      if (word !== 'LISTENING') continue;
      this.#port = Number(port);
      return;
    }
    throw new Error('The event store ended before it listened.');
  }

  /** Ends it with SIGKILL; nothing of it can clean up. */
  kill(): Promise<void> {
    return endProcess(this.#process, 'SIGKILL');
  }

  /** Ends it in order, with SIGTERM. */
  stop(): Promise<void> {
    return endProcess(this.#process, 'SIGTERM');
  }

  /** Has it stand still, its connections open, until it is told to go on. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }
}

/** A client process that appends without a pause, and what it reported. */
export class AppendingProcess {
  readonly acknowledgements: Acknowledgement[] = [];
  /** The ids of every append that was begun. */
  readonly sent: (readonly string[])[] = [];
  readonly #process: ChildProcess;
  readonly #closed: Promise<unknown>;
  #onLine: (() => void) | undefined;

  constructor(connectionString: string, name: string, sharedStream: string) {
    const words = [clientProgram, connectionString, name, sharedStream];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    this.#closed = once(child, 'close');
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text) as Acknowledgement | { readonly sent: readonly string[] };
      if ('sent' in line) this.sent.push(line.sent);
      else this.acknowledgements.push(line);
      this.#onLine?.();
    });
  }

  /** Resolves when so many more appends have been acknowledged; rejects where the process ended. */
  async acknowledgedMore(count: number): Promise<void> {
    const wanted = this.acknowledgements.length + count;
    await new Promise<void>((resolve, reject) => {
      const end = (): void => reject(new Error('A client ended by itself.'));
      this.#process.once('exit', end);
      const look = (): void => {
        if (this.acknowledgements.length < wanted) return;
        this.#onLine = undefined;
        this.#process.off('exit', end);
        resolve();
      };
      this.#onLine = look;
      look();
    });
  }

  /** Ends it with SIGKILL, in the middle of whatever it appends; what it said before is heard. */
  async kill(): Promise<void> {
    await endProcess(this.#process, 'SIGKILL');
    await this.#closed;
  }
}

async function endProcess(
  child: ChildProcess | undefined,
  signal: 'SIGKILL' | 'SIGTERM',
): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
