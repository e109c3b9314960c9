import pg from 'pg';
import { sharedServer } from './prepared-copies.js';

export interface TemporaryPostgres {
  readonly connectionString: string;
  /** Makes one more database that goes with this one, empty or like another of its databases. */
  newDatabase(like?: string): Promise<string>;
  /** Ends every connection and drops the databases. */
  stop(): Promise<void>;
}

/**
 * An empty database of a real PostgreSQL, with the settings of the product but for `fsync`. The
 * server is shared by all specification files of a run: whoever looks at sessions or ends them keeps
 * to `current_database()`. Start one in `beforeAll` and stop it in `afterAll`.
 */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  const server = await sharedServer();
  const prefix = `specification_${process.pid}_${performance.now().toFixed(3).replace('.', '_')}`;
  const names: string[] = [];
  async function newDatabase(like?: string): Promise<string> {
    const name = `${prefix}_${names.length}`;
    const template = like === undefined ? '' : `TEMPLATE ${nameIn(like)}`;
    await administer(server, `CREATE DATABASE ${name} ${template}`);
    names.push(name);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  }
  return {
    connectionString: await newDatabase(),
    newDatabase,
    async stop() {
      for (const name of names.splice(0)) {
        await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
  };
}

const nameIn = (connectionString: string): string => new URL(connectionString).pathname.slice(1);

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
