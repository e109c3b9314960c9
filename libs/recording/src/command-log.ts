import type { Pool } from 'pg';
import type { JsonValue } from '#kernel';
import type { WrittenEvent } from './stream-outcome.js';

/** One attempt of one client, told apart by the key the client chose. */
export interface CommandName {
  readonly client: string;
  readonly route: string;
  readonly idempotencyKey: string;
}

/** The final outcome of a command, as every repeat of it is answered. */
export type KeptDecision =
  | { readonly outcome: 'accepted'; readonly events: readonly WrittenEvent[] }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly message: string;
      readonly field?: string;
      readonly details?: Readonly<Record<string, JsonValue>>;
    };

export interface KeptCommand {
  readonly requestDigest: string;
  readonly outcome: KeptDecision | null;
}

interface CommandRow {
  readonly client: string;
  readonly route: string;
  readonly idempotency_key: string;
  readonly request_digest: string;
  readonly outcome: KeptDecision | null;
}

const beginStatement = `
  WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
         AS given (client, route, idempotency_key, request_digest)
  ), stored AS (
    INSERT INTO kept.command (client, route, idempotency_key, request_digest)
    SELECT client, route, idempotency_key, request_digest FROM given
    ORDER BY client, route, idempotency_key
    ON CONFLICT DO NOTHING
    RETURNING client, route, idempotency_key, request_digest, outcome
  )
  SELECT * FROM stored
  UNION ALL
  SELECT client, route, idempotency_key, kept.request_digest, kept.outcome
  FROM kept.command AS kept JOIN given USING (client, route, idempotency_key)`;

const findStatement = `
  SELECT client, route, idempotency_key, request_digest, outcome
  FROM kept.command JOIN unnest($1::text[], $2::text[], $3::text[])
       AS given (client, route, idempotency_key) USING (client, route, idempotency_key)`;

/** What the ledger holds is written over a refusal that a faster process kept; nothing else is. */
const settleStatement = `
  WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
         AS given (client, route, idempotency_key, outcome)
  ), locked AS (
    SELECT client, route, idempotency_key
    FROM kept.command JOIN given USING (client, route, idempotency_key)
    ORDER BY client, route, idempotency_key FOR UPDATE OF command
  )
  UPDATE kept.command AS kept
  SET outcome = CASE WHEN kept.outcome IS NULL OR given.outcome ->> 'outcome' = 'accepted'
                     THEN given.outcome ELSE kept.outcome END
  FROM given JOIN locked USING (client, route, idempotency_key)
  WHERE kept.client = given.client AND kept.route = given.route
    AND kept.idempotency_key = given.idempotency_key
  RETURNING kept.client, kept.route, kept.idempotency_key, kept.request_digest, kept.outcome`;

/** Writes down that these commands came; answers for each what stands under its key. */
export async function beginCommands(
  pool: Pool,
  commands: readonly (CommandName & { readonly requestDigest: string })[],
): Promise<readonly KeptCommand[]> {
  const { rows } = await pool.query<CommandRow>(beginStatement, [
    ...columnsOf(commands),
    commands.map(({ requestDigest }) => requestDigest),
  ]);
  const byName = new Map(rows.map((row) => [rowName(row), row]));
  const unseen = commands.filter((command) => !byName.has(commandName(command)));
  if (unseen.length > 0) {
    // Another process began these while the statement ran, so that it saw neither state of theirs.
    const found = await pool.query<CommandRow>(findStatement, columnsOf(unseen));
    for (const row of found.rows) byName.set(rowName(row), row);
  }
  return commands.map((command) => keptCommandOf(byName.get(commandName(command))));
}

/** Keeps final outcomes; answers for each what stands now, which is the first that was kept. */
export async function settleCommands(
  pool: Pool,
  commands: readonly (CommandName & { readonly outcome: KeptDecision })[],
): Promise<readonly KeptDecision[]> {
  const { rows } = await pool.query<CommandRow>(settleStatement, [
    ...columnsOf(commands),
    commands.map(({ outcome }) => JSON.stringify(outcome)),
  ]);
  const byName = new Map(rows.map((row) => [rowName(row), row]));
  return commands.map((command) => byName.get(commandName(command))?.outcome ?? command.outcome);
}

/** One text that tells commands apart. */
export function commandName({ client, route, idempotencyKey }: CommandName): string {
  return JSON.stringify([client, route, idempotencyKey]);
}

function rowName(row: CommandRow): string {
  const { client, route, idempotency_key: idempotencyKey } = row;
  return commandName({ client, route, idempotencyKey });
}

function columnsOf(commands: readonly CommandName[]): string[][] {
  return [
    commands.map(({ client }) => client),
    commands.map(({ route }) => route),
    commands.map(({ idempotencyKey }) => idempotencyKey),
  ];
}

function keptCommandOf(row: CommandRow | undefined): KeptCommand {
  if (row === undefined) throw new Error('A command was neither kept nor found.');
  return { requestDigest: row.request_digest, outcome: row.outcome };
}
