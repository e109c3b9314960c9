import type { EventStoreReader, SubscribeRequest } from '#event-store';
import type { Writable } from 'node:stream';
import type pg from 'pg';

/** Called before whatever is awaited is begun, and again once it has answered. */
export type AwaitPoint = (name: string) => void;

/** A statement's first words say which one it is. */
function statementName(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
  return text.trim().split(/\s+/).slice(0, 3).join(' ');
}

/** What is copied goes through a stream, which is handed back as it is. */
type CopyStream = Writable & {
  readonly text: string;
  handleCopyInResponse(connection: unknown): void;
};

function isStream(statement: unknown): statement is CopyStream {
  return typeof statement === 'object' && statement !== null && 'submit' in statement;
}

/** Points before a COPY, once its rows are on their way, and once PostgreSQL has them. */
function pointCopy(point: AwaitPoint, stream: CopyStream): void {
  const name = statementName(stream);
  point(`before ${name}`);
  const handle = stream.handleCopyInResponse.bind(stream);
  stream.handleCopyInResponse = (connection) => {
    handle(connection);
    point(`within ${name}`);
  };
  stream.once('finish', () => point(`after ${name}`));
}

/** Statements that are sent together: each has its answer by itself, while those behind it go on. */
interface SentTogether {
  readonly statements: readonly { readonly text: string }[];
  readonly answered: Promise<void>;
  handleCommandComplete(message: unknown): void;
}

function isSet(statement: unknown): statement is SentTogether {
  return typeof statement === 'object' && statement !== null && 'statements' in statement;
}

/** Points before they are sent, at each answer, and once all are there. */
function pointSet(point: AwaitPoint, set: SentTogether): void {
  const names = set.statements.map(statementName);
  let answers = 0;
  point(`before ${names[0]}`);
  const handle = set.handleCommandComplete.bind(set);
  set.handleCommandComplete = (message) => {
    handle(message);
    point(`after ${names[answers]}`);
    answers += 1;
  };
  set.answered.then(
    () => point(`after all from ${names[0]}`),
    () => undefined,
  );
}

async function between<Result>(
  point: AwaitPoint,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  point(`before ${name}`);
  const result = await work();
  point(`after ${name}`);
  return result;
}

/** Makes every statement on any connection of a pool, and each connecting, a point. */
export function pointedPool(pool: pg.Pool, point: AwaitPoint): pg.Pool {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const pointed = new WeakSet<pg.PoolClient>();
  const connectPointed = async (): Promise<pg.PoolClient> => {
    const client = await between(point, 'connecting', connect);
    if (pointed.has(client)) return client;
    pointed.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const queryPointed = (...given: unknown[]): unknown => {
      const [statement] = given;
      if (isSet(statement)) {
        pointSet(point, statement);
        return query(statement);
      }
      if (!isStream(statement)) {
        return between(point, statementName(statement), () => query(...given));
      }
      pointCopy(point, statement);
      return query(statement);
    };
    return Object.assign(client, { query: queryPointed });
  };
  return Object.assign(Object.create(pool) as pg.Pool, {
    connect: connectPointed,
    // A heartbeat comes when it comes; it is no point of the batch loop.
    query: pool.query.bind(pool),
  });
}

/** Makes every answer of an event store, and each turn of a subscription, a point. */
export function pointedStore(store: EventStoreReader, point: AwaitPoint): EventStoreReader {
  return Object.assign(Object.create(store) as EventStoreReader, {
    readTail: (prefix: string) => between(point, 'the tail', () => store.readTail(prefix)),
    readAt: (position: Parameters<EventStoreReader['readAt']>[0]) =>
      between(point, 'the event at the checkpoint', () => store.readAt(position)),
    async *subscribeInBatches(request: SubscribeRequest, limits: { readonly itemsMax: number }) {
      const items = store.subscribeInBatches(request, limits)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await between(point, 'the next events', () => items.next());
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await items.return?.();
      }
    },
  });
}
