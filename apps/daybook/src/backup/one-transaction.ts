import { Client, type ClientBase } from 'pg';

/** Runs statements on one connection, all of them or none. */
export async function inOneTransaction<Result>(
  connectionString: string,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString, application_name: 'daybook restore' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    // What is not committed is rolled back as the connection ends.
    await client.end();
  }
}
