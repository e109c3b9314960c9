import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { startEventStoreInMemory, type RunningEventStore } from '#embedded-event-store';
import { connectEventStore, type EventStore } from '#event-store';
import { createTables, dropTables, verify, type VerifyOutcome } from '#projection-engine';
import {
  accounts,
  type AccountsEvent,
  opening,
  prefix,
  reading,
} from '../contract/projection-engine/accounts-domain.js';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import type { Random } from '../fixtures/random.js';

type Draft = AccountsEvent extends infer Event
  ? Event extends AccountsEvent
    ? Omit<Event, 'eventId'>
    : never
  : never;

/** A ledger of accounts in a real event store, with the real database that its tables lie in. */
export class ProjectedAccounts {
  written = 0;
  private readonly revisions = new Map<string, number>();

  private constructor(
    readonly eventStoreUrl: string,
    readonly databaseUrl: string,
    readonly pool: pg.Pool,
    private readonly node: RunningEventStore,
    private readonly store: EventStore,
    private readonly postgres: TemporaryPostgres,
  ) {}

  static async start(): Promise<ProjectedAccounts> {
    const postgres = await startTemporaryPostgres();
    const node = await startEventStoreInMemory({ port: 0, onFailure: () => undefined });
    const store = connectEventStore({ connectionString: node.connectionString });
    const pool = openPool({ connectionString: postgres.connectionString, max: 4 });
    return new ProjectedAccounts(
      node.connectionString,
      postgres.connectionString,
      pool,
      node,
      store,
      postgres,
    );
  }

  /** Empty tables, of a ledger that goes on. */
  async emptyTables(): Promise<void> {
    await dropTables(this.pool, accounts);
    await createTables(this.pool, accounts);
    if (this.written === 0) await this.append({ ...opening, eventId: randomUUID() });
  }

  /** Writes so many events that touch one another. */
  async write(count: number, random: Random): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const event = { ...draft(random), eventId: randomUUID() } as AccountsEvent;
      await this.append(event);
    }
  }

  /** Derives every table again from the store, event by event, and compares all rows. */
  verified(): Promise<VerifyOutcome> {
    return verify({ store: this.store, pool: this.pool, definition: accounts, ...reading });
  }

  async stop(): Promise<void> {
    await this.store.close();
    await this.pool.end();
    await this.node.stop();
    await this.postgres.stop();
  }

  private async append(event: AccountsEvent): Promise<void> {
    const stream = prefix + event.leaf;
    const { eventId, type } = event;
    const outcome = await this.store.append({
      stream,
      expectedRevision: this.revisions.get(stream) ?? 'no_stream',
      events: [{ eventId, type, data: event, metadata: {} }],
    });
    if (outcome.outcome !== 'appended') throw new Error(JSON.stringify(outcome));
    this.revisions.set(stream, outcome.revision);
    this.written += 1;
  }
}

function draft(random: Random): Draft {
  const account = (): string => `account-${random.between(1, 5)}`;
  const amount = random.between(1, 50);
  if (random.between(0, 2) === 0) {
    return { type: 'Deposited', leaf: account(), amount, currency: 'EUR' };
  }
  return {
    type: 'Transferred',
    leaf: `transfer-${random.between(1, 20)}`,
    from: account(),
    to: account(),
    amount,
    currency: 'EUR',
    reference: `r${random.between(1, 20)}`,
  };
}
