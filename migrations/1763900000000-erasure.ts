import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What erasing a person and rotating the key-encryption key need: the generation of each wrapped
 * key, the digests of persons that a quarantined body tells of, and how far erasures are re-applied.
 */
export class Erasure1763900000000 implements MigrationInterface {
  readonly name = 'Erasure1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of undoing) await runner.query(statement);
  }
}

const statements = [
  // Which key-encryption key wraps a data key: while one is replaced, two are in use.
  `ALTER TABLE kept.subject_key ADD COLUMN generation integer NOT NULL DEFAULT 1`,

  // What a person's keys were is asked after they are destroyed.
  `CREATE INDEX subject_key_destroyed ON kept.subject_key (subject_digest)
     WHERE destroyed_at IS NOT NULL`,

  // The digest keys are as old as the ledger, whatever key wraps them: digests must stay comparable.
  `CREATE TABLE kept.key_generation (
     generation           integer PRIMARY KEY CHECK (generation > 1),
     wrapped_digest_keys  bytea NOT NULL,
     created_at           timestamptz NOT NULL DEFAULT now()
   )`,

  // A process that still wraps under the key before would lose what it wraps when that key goes.
  // A backup that is brought in may hold both generations, as the database did when it was taken.
  `CREATE FUNCTION kept.refuse_retired_generation() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF NEW.destroyed_at IS NULL
        AND NEW.generation < (SELECT max(generation) FROM kept.key_generation)
        AND coalesce(current_setting('daybook.restoring', true), '') <> 'on' THEN
       RAISE EXCEPTION 'the key-encryption key of generation % was replaced', NEW.generation
         USING ERRCODE = 'DBKEY';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER refuse_retired_generation BEFORE INSERT ON kept.subject_key
     FOR EACH ROW EXECUTE FUNCTION kept.refuse_retired_generation()`,

  // Keyed digests of what was recognised in bytes that were not understood.
  `ALTER TABLE kept.quarantine
     ADD COLUMN person_digests text[] NOT NULL DEFAULT '{}',
     ADD COLUMN resolved_at timestamptz`,
  `CREATE INDEX quarantine_persons ON kept.quarantine USING gin (person_digests)
     WHERE person_digests <> '{}'`,
  `CREATE INDEX quarantine_resolved ON kept.quarantine (resolved_at)
     WHERE resolved_at IS NOT NULL`,

  // One row: up to where in which store the destroyed keys of the ledger were destroyed here.
  `CREATE TABLE kept.erasure_progress (
     only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     store_id          uuid NOT NULL,
     commit_position   numeric NOT NULL,
     prepare_position  numeric NOT NULL
   )`,
];

const undoing = [
  'DROP TABLE kept.erasure_progress',
  'DROP INDEX kept.quarantine_resolved',
  'DROP INDEX kept.quarantine_persons',
  'ALTER TABLE kept.quarantine DROP COLUMN person_digests, DROP COLUMN resolved_at',
  'DROP TRIGGER refuse_retired_generation ON kept.subject_key',
  'DROP FUNCTION kept.refuse_retired_generation()',
  'DROP TABLE kept.key_generation',
  'DROP INDEX kept.subject_key_destroyed',
  'ALTER TABLE kept.subject_key DROP COLUMN generation',
];
