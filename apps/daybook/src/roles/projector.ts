import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { ProjectorStatuses } from './projector-statuses.js';
import { type ProjectorMessage, type ProjectorStart, stopProjector } from './projector-messages.js';

/** How long the thread may take to commit its batch and close its connections. */
const stopMillisecondsMax = 15_000;

export interface Projector {
  /** Ends after the batch in flight. May be repeated. */
  stop(): Promise<void>;
}

const youngGenerationMegabytes = 128;

/**
 * Starts the projector in a thread of its own, so that neither it nor the API waits for the other.
 * Outages of the stores it waits out; `onFailure` is called once where it cannot go on by itself.
 */
export function startProjector(
  start: ProjectorStart,
  logger: Logger,
  onFailure: (error: Error) => void,
  statuses = new ProjectorStatuses(),
): Projector {
  const status = statuses.begin(start.generation);
  const worker = new Worker(new URL('./projector-worker.js', import.meta.url), {
    workerData: start,
    // A batch lives for a moment and is then gone: with room for it, little is moved to the old space.
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
  let state = '';
  let isStopping = false;
  let hasFailed = false;
  const fail = (message: string): void => {
    if (isStopping || hasFailed) return;
    hasFailed = true;
    onFailure(new Error(message));
  };
  worker.on('message', (message: ProjectorMessage) => {
    if (message.kind === 'failed') {
      fail(`The projector stopped (${message.code}): ${message.message}`);
      return;
    }
    if (message.kind === 'beat') {
      status.heard(message.beat);
      return;
    }
    const { progress } = message;
    status.progressed(progress);
    if (progress.state.state === state) return;
    state = progress.state.state;
    const { sequence, eventsPerSecond } = progress;
    const level = state === 'retrying' ? 'warn' : 'info';
    const { generation } = start;
    logger[level](
      { generation, projector: progress.state, sequence, eventsPerSecond },
      `projector: ${state}`,
    );
  });
  worker.once('error', (error) => fail(`The projector's thread failed: ${String(error)}`));
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      fail(`The projector's thread ended by itself with code ${code}.`);
      resolve();
    });
  });
  return {
    stop: async () => {
      isStopping = true;
      statuses.end(start.generation);
      worker.postMessage(stopProjector);
      const timer = setTimeout(() => void worker.terminate(), stopMillisecondsMax);
      await ended;
      clearTimeout(timer);
    },
  };
}
