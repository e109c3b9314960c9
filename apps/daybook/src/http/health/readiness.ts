import type { Pool } from 'pg';
import {
  type GroupStanding,
  type Lag,
  type LastVerification,
  measureLag,
  readLastVerification,
  readStanding,
} from '#projection-engine';
import type { ProjectorStatuses } from '../../roles/projector-statuses.js';
import type { LedgerStreams } from '../streams/ledger-streams.js';
import { type ProjectorHealth, ProjectorWatch, stallSecondsDefault } from './projector-watch.js';
import { withinTime } from './within-time.js';

const checkTimeoutMilliseconds = 2_000;
/** Who asks seldom is told all the same since when the read models stand still. */
const lookMilliseconds = 2_000;

export interface CheckFailure {
  readonly state: 'failed';
  readonly message: string;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: {
    readonly eventStore: { readonly state: 'reachable' } | CheckFailure;
    readonly database: { readonly state: 'reachable' } | CheckFailure;
    readonly projector: (ProjectorHealth & ProjectorDetails) | CheckFailure;
  };
  /** The last scheduled verification; it says nothing about whether requests can be served. */
  readonly verification: LastVerification | null;
}

/** What is known of whoever writes the read models. */
interface ProjectorDetails {
  readonly generation: number;
  readonly epoch: number;
  /** What is not applied until somebody acts. */
  readonly parkedKeys: number;
  /** What the projector of this process says of itself, where it has one. */
  readonly says?: string;
}

export interface ReadinessParts {
  readonly streams: LedgerStreams;
  readonly pool: Pool;
  readonly groupName: string;
  /** Those of this process. */
  readonly projectors: ProjectorStatuses;
  readonly stallSeconds?: number;
}

/** Whether requests can be served: both stores answer, and the read models follow the ledger. */
export class ReadinessCheck {
  readonly #watch: ProjectorWatch;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<Readiness> | undefined;

  constructor(private readonly parts: ReadinessParts) {
    this.#watch = new ProjectorWatch(parts.stallSeconds ?? stallSecondsDefault);
    this.#timer = setInterval(() => void this.check(), lookMilliseconds);
    this.#timer.unref();
  }

  /** Looks now; who asks while somebody else's look is under way is told what that one sees. */
  check(): Promise<Readiness> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<Readiness> {
    const { streams, pool, groupName } = this.parts;
    const { store, prefix } = streams;
    const [tail, standing] = await Promise.allSettled([
      // The store is asked though the database does not answer: each is told by itself.
      withinTime(store.readTail(prefix), checkTimeoutMilliseconds),
      withinTime(
        Promise.all([readStanding(pool, groupName), readLastVerification(pool, groupName)]),
        checkTimeoutMilliseconds,
      ),
    ]);
    const database = reachable(standing);
    const known = standing.status === 'fulfilled' ? standing.value : undefined;
    const lag = known && tail.status === 'fulfilled' ? await this.#lagOf(known[0]) : undefined;
    const eventStore = lag?.status === 'rejected' ? reachable(lag) : reachable(tail);
    const projector: Readiness['checks']['projector'] =
      lag?.status === 'fulfilled'
        ? this.#see(known?.[0], lag.value)
        : { state: 'failed', message: 'A store it is judged by does not answer.' };
    const isReady =
      eventStore.state === 'reachable' &&
      database.state === 'reachable' &&
      (projector.state === 'caught_up' || projector.state === 'behind');
    const verification = known?.[1] ?? null;
    return { isReady, checks: { eventStore, database, projector }, verification };
  }

  async #lagOf(standing: GroupStanding | undefined): Promise<PromiseSettledResult<Lag>> {
    const { store, prefix: streamPrefix } = this.parts.streams;
    const recordedAtOf = ({ metadata }: { readonly metadata: unknown }) => recordedAt(metadata);
    const measured = measureLag({ store, streamPrefix, recordedAtOf }, standing?.position);
    const [lag] = await Promise.allSettled([withinTime(measured, checkTimeoutMilliseconds)]);
    return lag;
  }

  #see(standing: GroupStanding | undefined, lag: Lag): ProjectorHealth & ProjectorDetails {
    const projector = standing && this.parts.projectors.of(standing.generation);
    const { oldestRecordedAt } = lag;
    const health = this.#watch.see({
      ...lag,
      sequence: standing?.sequence ?? 0,
      oldestRecordedAtMilliseconds:
        oldestRecordedAt === undefined ? undefined : Date.parse(oldestRecordedAt),
      leaseMilliseconds: standing?.leaseMilliseconds,
      replacementSequence: standing?.replacementSequence,
      silentMilliseconds: projector?.silentMilliseconds,
      atMilliseconds: performance.now(),
      wallMilliseconds: Date.now(),
    });
    const says = projector?.progress?.state.state;
    return {
      ...health,
      generation: standing?.generation ?? 0,
      epoch: standing?.epoch ?? 0,
      parkedKeys: standing?.parkedKeys ?? 0,
      ...(says === undefined ? {} : { says }),
    };
  }
}

function recordedAt(metadata: unknown): string | undefined {
  const { recordedAt: time } = (metadata ?? {}) as { readonly recordedAt?: unknown };
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? time : undefined;
}

function reachable(result: PromiseSettledResult<unknown>): { state: 'reachable' } | CheckFailure {
  if (result.status === 'fulfilled') return { state: 'reachable' };
  const { reason } = result as { reason: unknown };
  return { state: 'failed', message: reason instanceof Error ? reason.message : String(reason) };
}
