import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NodeMessage, NodeQuestion, NodeStart, Usage } from './node-messages.js';

/** A node that runs as a process of its own. */
export class NodeProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly connectionString: string,
    readonly openedSeconds: number,
  ) {}

  /** @param profileDirectory - where the process leaves its CPU profile when it ends, if anywhere */
  static async start(
    program: 'embedded-node' | 'floor-node',
    options: NodeStart,
    profileDirectory?: string,
  ): Promise<NodeProcess> {
    const path = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
    const child = fork(path, [JSON.stringify(options)], {
      execArgv:
        profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`],
    });
    const message = await answer(child);
    if (message.kind !== 'started') throw new Error(`${program} said ${message.kind} first.`);
    return new NodeProcess(child, message.connectionString, message.openedSeconds);
  }

  async usage(): Promise<Usage> {
    const answered = answer(this.child);
    this.#ask('usage');
    const message = await answered;
    if (message.kind !== 'usage') throw new Error(`The node said ${message.kind}, not its usage.`);
    return message;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.#ask('stop');
    await exited;
  }

  /** As a power switch would: nothing is flushed or closed. */
  async kill(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  #ask(question: NodeQuestion): void {
    this.child.send(question);
  }
}

/** The next thing the program says; fails where it ends instead. */
async function answer(child: ChildProcess): Promise<NodeMessage> {
  const abort = new AbortController();
  const ended = once(child, 'exit', { signal: abort.signal }).then(([code]) => {
    throw new Error(`The node's process ended with code ${String(code)}.`);
  });
  try {
    const said = once(child, 'message', { signal: abort.signal });
    const [message] = (await Promise.race([said, ended])) as [NodeMessage];
    return message;
  } finally {
    ended.catch(() => undefined);
    abort.abort();
  }
}
