import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was decided about events that no build can apply. It is kept and not derived: every build of
 * the read models, of now or of later, leaves the same events out.
 */
export class ParkedResolution1764000000000 implements MigrationInterface {
  readonly name = 'ParkedResolution1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kept.parked_resolution');
  }
}

const statements = [
  `CREATE TABLE kept.parked_resolution (
     event_id    text PRIMARY KEY,
     decision    text NOT NULL CHECK (decision IN ('skip')),
     reason      text NOT NULL CHECK (reason <> ''),
     decided_by  text NOT NULL CHECK (decided_by <> ''),
     leaf        text NOT NULL,
     revision    bigint NOT NULL,
     key         text NOT NULL,
     decided_at  timestamptz NOT NULL DEFAULT now()
   )`,
];
