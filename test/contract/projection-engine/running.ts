import type { EventStoreReader } from '#event-store';
import type pg from 'pg';
import {
  createTables,
  dropTables,
  type GroupProgress,
  type RunEnd,
  type RunOptions,
  runProjectionGroup,
} from '#projection-engine';
import { accounts, reading } from './accounts-domain.js';

type AccountsRun = RunOptions<
  Parameters<typeof accounts.placementOf>[0],
  ReturnType<typeof accounts.viewOf>
>;

/** Drops and creates the tables of the accounts. */
export async function emptyTables(pool: pg.Pool): Promise<void> {
  await dropTables(pool, accounts);
  await createTables(pool, accounts);
}

/** Standbys look often, and nothing but a commit renews: what a specification does decides. */
export const briefLooks = {
  leaseMilliseconds: 5_000,
  renewMilliseconds: 60_000,
  pollMilliseconds: 10,
};

/** Lets the lease end, as though its holder had been silent for too long. */
export async function endLease(pool: pg.Pool): Promise<void> {
  await pool.query(
    "UPDATE projection_engine.lease SET epoch = 0, holder = 'nobody', expires_at = '-infinity'",
  );
}

const runs = new Set<Running>();

/** Ends whatever a specification left running; else its pool could never be closed. */
export async function endRuns(): Promise<void> {
  await Promise.all([...runs].map((run) => run.stop()));
  runs.clear();
}

/** A run of the accounts that can be waited for and ended. */
export class Running {
  readonly reports: GroupProgress[] = [];
  readonly end: Promise<RunEnd>;
  private readonly ending = new AbortController();
  private readonly listeners = new Set<() => void>();

  constructor(store: EventStoreReader, pool: pg.Pool, options: Partial<AccountsRun> = {}) {
    runs.add(this);
    this.end = runProjectionGroup({
      store,
      pool,
      definition: accounts,
      generation: 1,
      ...reading,
      batchEventsMax: 100,
      ...options,
      signal: this.ending.signal,
      report: (progress) => {
        this.reports.push(progress);
        for (const listener of this.listeners) listener();
      },
    });
  }

  get progress(): GroupProgress | undefined {
    return this.reports.at(-1);
  }

  /** Calls back with every report from now on. */
  onReport(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Waits for a report of which something holds. */
  async until(holds: (progress: GroupProgress) => boolean): Promise<GroupProgress> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.reports.find(holds);
        if (!found) return;
        this.listeners.delete(look);
        resolve(found);
      };
      this.listeners.add(look);
      look();
      void this.end.then((end) => {
        if (!this.reports.some(holds)) reject(new Error(`The run ended: ${JSON.stringify(end)}`));
      });
    });
  }

  /** The end of a run that must not get so far that something holds. */
  async endBefore(holds: (progress: GroupProgress) => boolean): Promise<RunEnd> {
    const tooFar = this.until(holds).then(
      (progress) => {
        throw new Error(`The run went on to sequence ${progress.sequence}.`);
      },
      () => this.end,
    );
    return Promise.race([this.end, tooFar]);
  }

  /** Waits for a later report of which something holds, of a run that must not get too far before. */
  async untilBefore(
    holds: (progress: GroupProgress) => boolean,
    isTooFar: (progress: GroupProgress) => boolean,
  ): Promise<GroupProgress> {
    const found = await this.until((progress) => isTooFar(progress) || holds(progress));
    if (isTooFar(found)) throw new Error(`The run went on to sequence ${found.sequence}.`);
    return found;
  }

  async stop(): Promise<RunEnd> {
    this.ending.abort();
    return this.end;
  }
}

/** Applies everything the store holds and ends. */
export async function catchUp(
  store: EventStoreReader,
  pool: pg.Pool,
  events: number,
  options: Partial<AccountsRun> = {},
): Promise<Running> {
  const running = new Running(store, pool, options);
  await running.until((progress) => progress.sequence >= events);
  await running.stop();
  return running;
}
