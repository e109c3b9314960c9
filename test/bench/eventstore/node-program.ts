import type { NodeMessage, NodeQuestion, NodeStart, Usage } from './node-messages.js';

interface StartedNode {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/**
 * Runs a node as this process: starts it, answers the bench's questions, and ends when told to or
 * when the bench has gone.
 */
export async function runNodeProgram(
  start: (options: NodeStart) => Promise<StartedNode>,
): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as NodeStart;
  const from = process.hrtime.bigint();
  const node = await start(options);
  const openedSeconds = Number(process.hrtime.bigint() - from) / 1e9;
  const stop = async (): Promise<void> => {
    await node.stop();
    process.disconnect();
  };
  process.on('message', (question: NodeQuestion) => {
    if (question === 'usage') say({ kind: 'usage', ...usage() });
    else void stop();
  });
  process.once('disconnect', () => process.exit());
  say({ kind: 'started', connectionString: node.connectionString, openedSeconds });
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
}

function say(message: NodeMessage): void {
  process.send?.(message);
}
