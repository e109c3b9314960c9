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

const appendsAtOnce = 16;

/** A ledger of accounts in a real event store, with the real database that its tables lie in. */
export class ProjectedAccounts {
  written = 0;
  private readonly revisions = new Map<string, number>();

  private constructor(
    readonly databaseUrl: string,
    private readonly pool: pg.Pool,
    private node: RunningEventStore,
    private store: EventStore,
    private readonly postgres: TemporaryPostgres,
  ) {}

  get eventStoreUrl(): string {
    return this.node.connectionString;
  }

  static async start(): Promise<ProjectedAccounts> {
    const postgres = await startTemporaryPostgres();
    const { node, store } = await emptyStore();
    const pool = openPool({ connectionString: postgres.connectionString, max: 4 });
    return new ProjectedAccounts(postgres.connectionString, pool, node, store, postgres);
  }

  /** Another ledger, opened, with empty tables. */
  async startOver(): Promise<void> {
    await this.stopStore();
    ({ node: this.node, store: this.store } = await emptyStore());
    this.revisions.clear();
    this.written = 0;
    await dropTables(this.pool, accounts);
    await createTables(this.pool, accounts);
    await this.append({ ...opening, eventId: randomUUID() });
  }

  /** Writes so many events that touch one another: the more, the fewer accounts there are. */
  async write(count: number, random: Random, accountsMax = 5): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const event = { ...draft(random, accountsMax), eventId: randomUUID() } as AccountsEvent;
      await this.append(event);
    }
  }

  /** Opens so many accounts of their own, so that a batch of them has rows enough to be copied. */
  async openAccounts(count: number): Promise<void> {
    const from = this.written;
    const numbers = Array.from({ length: count }, (_, index) => from + index).values();
    const appending = Array.from({ length: appendsAtOnce }, async () => {
      for (const number of numbers) {
        const leaf = `account-opened-${number}`;
        const common = { eventId: randomUUID(), leaf, amount: number + 1 };
        await this.append({ type: 'Deposited', currency: 'EUR', ...common });
      }
    });
    await Promise.all(appending);
  }

  /** Derives every table again from the store, event by event, and compares all rows. */
  verified(): Promise<VerifyOutcome> {
    return verify({ store: this.store, pool: this.pool, definition: accounts, ...reading });
  }

  async stop(): Promise<void> {
    await this.stopStore();
    await this.pool.end();
    await this.postgres.stop();
  }

  private async stopStore(): Promise<void> {
    await this.store.close();
    await this.node.stop();
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

async function emptyStore(): Promise<{
  readonly node: RunningEventStore;
  readonly store: EventStore;
}> {
  const node = await startEventStoreInMemory({ port: 0, onFailure: () => undefined });
  return { node, store: connectEventStore({ connectionString: node.connectionString }) };
}

function draft(random: Random, accountsMax: number): Draft {
  const account = (): string => `account-${random.between(1, accountsMax)}`;
  const amount = random.between(1, 50);
  if (random.between(0, 2) === 0) {
    return { type: 'Deposited', leaf: account(), amount, currency: 'EUR' };
  }
  return {
    type: 'Transferred',
    leaf: `transfer-${random.between(1, 4 * accountsMax)}`,
    from: account(),
    to: account(),
    amount,
    currency: 'EUR',
    reference: `r${random.between(1, 4 * accountsMax)}`,
  };
}
