import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { appliedChannel } from '../postgres/write-batch.js';

const connectMilliseconds = 5_000;
/** A connection that lost its other end says nothing; a query on it that takes this long tells. */
const queryMilliseconds = 2_000;
const reconnectMilliseconds = 200;
const endMilliseconds = 1_000;

/** Where to connect to, past any pooler of transactions: LISTEN belongs to one session. */
export type DirectConnection = Pick<ClientConfig, 'connectionString' | 'application_name'>;

/**
 * One connection that hears of a group's commits, and is made again whenever it is lost.
 *
 * `heard` is called on each announcement and after each connection was made, since what was
 * announced meanwhile is lost.
 */
export class Announcements {
  private readonly closing = new AbortController();
  private readonly kept: Promise<void>;
  private current: { readonly client: Client; readonly lose: () => void } | undefined;

  constructor(
    private readonly connection: DirectConnection,
    private readonly groupName: string,
    private readonly heard: () => void,
  ) {
    this.kept = this.keep();
  }

  /** The connection, for queries of its user; undefined while there is none. */
  get client(): Client | undefined {
    return this.current?.client;
  }

  /** Gives up a connection on which a query failed; another one is made. */
  renew(client: Client): void {
    if (this.current?.client === client) this.current.lose();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.kept;
  }

  private async keep(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      // PostgreSQL is away, or ended the session: it is asked again until it is there.
      await this.listen().catch(() => undefined);
      await pause(reconnectMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Listens until the connection is lost, given up or closed. */
  private async listen(): Promise<void> {
    const { signal } = this.closing;
    const client = new Client({
      ...this.connection,
      connectionTimeoutMillis: connectMilliseconds,
      query_timeout: queryMilliseconds,
      keepAlive: true,
    });
    let lose = (): void => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    client.on('error', lose);
    client.on('end', lose);
    signal.addEventListener('abort', lose, { once: true });
    client.on('notification', ({ payload }) => {
      if (payload?.startsWith(`${this.groupName} `)) this.heard();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${appliedChannel}`);
      this.current = { client, lose };
      // An abort that came while connecting is not announced again.
      if (signal.aborted) lose();
      this.heard();
      await lost;
    } finally {
      this.current = undefined;
      signal.removeEventListener('abort', lose);
      await Promise.race([client.end().catch(() => undefined), pause(endMilliseconds)]);
    }
  }
}
