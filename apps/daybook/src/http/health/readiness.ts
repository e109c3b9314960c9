import type { Pool } from 'pg';
import { readCheckpoint } from '#projection-engine';
import type { LedgerStreams } from '../streams/ledger-streams.js';
import { type ProjectorHealth, ProjectorWatch } from './projector-watch.js';

const checkTimeoutMilliseconds = 2_000;

export interface CheckFailure {
  readonly state: 'failed';
  readonly message: string;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: {
    readonly eventStore: { readonly state: 'reachable' } | CheckFailure;
    readonly database: { readonly state: 'reachable' } | CheckFailure;
    readonly projector: ProjectorHealth | CheckFailure;
  };
}

/** Whether requests can be served: both stores answer, and the read models follow the ledger. */
export class ReadinessCheck {
  readonly #watch = new ProjectorWatch();

  constructor(
    private readonly streams: LedgerStreams,
    private readonly pool: Pool,
    private readonly groupName: string,
  ) {}

  async check(): Promise<Readiness> {
    const [tail, checkpoint] = await Promise.allSettled([
      withinTime(this.streams.store.readTail(this.streams.prefix)),
      withinTime(readCheckpoint(this.pool, this.groupName)),
    ]);
    const eventStore = reachable(tail);
    const database = reachable(checkpoint);
    const projector: ProjectorHealth | CheckFailure =
      tail.status === 'fulfilled' && checkpoint.status === 'fulfilled'
        ? this.#watch.see({
            sequence: checkpoint.value?.sequence ?? 0,
            position: checkpoint.value?.position,
            tail: tail.value?.position,
            atMilliseconds: performance.now(),
          })
        : { state: 'failed', message: 'A store it is judged by does not answer.' };
    const isReady =
      eventStore.state === 'reachable' &&
      database.state === 'reachable' &&
      projector.state !== 'failed' &&
      projector.state !== 'stalled';
    return { isReady, checks: { eventStore, database, projector } };
  }
}

function reachable(result: PromiseSettledResult<unknown>): { state: 'reachable' } | CheckFailure {
  if (result.status === 'fulfilled') return { state: 'reachable' };
  const { reason } = result as { reason: unknown };
  return { state: 'failed', message: reason instanceof Error ? reason.message : String(reason) };
}

async function withinTime<Result>(asked: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`There was no answer within ${checkTimeoutMilliseconds} ms.`));
    }, checkTimeoutMilliseconds);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
