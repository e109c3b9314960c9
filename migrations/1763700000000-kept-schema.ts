import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The authoritative tables: what cannot be derived from the event store again.
 * Ciphertext and digests only; no personal data stands here in clear.
 */
export class KeptSchema1763700000000 implements MigrationInterface {
  readonly name = 'KeptSchema1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`DROP TABLE kept.${table}`);
  }
}

/** In the order in which they may be dropped. */
const tables = [
  'command',
  'blind_index',
  'quarantine',
  'delivery',
  'subject_key',
  'ledger',
] as const;

const statements = [
  // One row: which ledger this database belongs to, and which copy of its event store.
  `CREATE TABLE kept.ledger (
     only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     ledger_id  uuid NOT NULL,
     store_id   uuid NOT NULL,
     opened_at  timestamptz NOT NULL DEFAULT now()
   )`,

  // A destroyed key leaves its row, so that a restored backup can be told what to destroy again.
  `CREATE TABLE kept.subject_key (
     key_id          uuid PRIMARY KEY,
     subject_digest  text NOT NULL CHECK (subject_digest ~ '^[0-9a-f]{64}$'),
     wrapped_key     bytea,
     created_at      timestamptz NOT NULL DEFAULT now(),
     destroyed_at    timestamptz,
     CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
   )`,
  // A person who comes back after being forgotten gets a new key beside the destroyed one.
  `CREATE UNIQUE INDEX subject_key_live ON kept.subject_key (subject_digest)
     WHERE destroyed_at IS NULL`,

  `CREATE TABLE kept.delivery (
     digest           text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
     source           text NOT NULL,
     delivery_id      text NOT NULL,
     received_at      timestamptz NOT NULL,
     sealed_body      bytea NOT NULL,
     key_id           uuid NOT NULL,
     subject_key_ids  uuid[] NOT NULL DEFAULT '{}',
     scrubbed_count   integer NOT NULL DEFAULT 0,
     outcome          jsonb,
     repeats          bigint NOT NULL DEFAULT 0,
     PRIMARY KEY (digest, source, delivery_id),
     UNIQUE (source, delivery_id)
   )`,
  // Forgetting a person finds the raw deliveries that tell of the person.
  `CREATE INDEX delivery_subject_keys ON kept.delivery USING gin (subject_key_ids)
     WHERE subject_key_ids <> '{}'`,

  `CREATE TABLE kept.quarantine (
     digest          text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
     source          text NOT NULL,
     delivery_id     text,
     code            text NOT NULL,
     field           text,
     message         text NOT NULL,
     first_seen      timestamptz NOT NULL,
     last_seen       timestamptz NOT NULL,
     count           bigint NOT NULL DEFAULT 1,
     sealed_body     bytea NOT NULL,
     key_id          uuid NOT NULL,
     scrubbed_count  integer NOT NULL DEFAULT 0,
     PRIMARY KEY (source, digest)
   )`,
  `CREATE INDEX quarantine_first_seen ON kept.quarantine (first_seen DESC, source, digest)`,

  `CREATE TABLE kept.blind_index (
     kind    text NOT NULL CHECK (kind IN ('email', 'phone')),
     digest  text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
     leaf    text NOT NULL,
     key_id  uuid NOT NULL,
     PRIMARY KEY (kind, digest, leaf)
   )`,
  `CREATE INDEX blind_index_key ON kept.blind_index (key_id)`,

  `CREATE TABLE kept.command (
     client           text NOT NULL,
     route            text NOT NULL,
     idempotency_key  text NOT NULL,
     request_digest   text NOT NULL CHECK (request_digest ~ '^[0-9a-f]{64}$'),
     outcome          jsonb,
     received_at      timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (client, route, idempotency_key)
   )`,
];
