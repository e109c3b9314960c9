import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A restored or copied event store gets a new id. What it was before is kept, as a list of
 * `{storeId, until, reason}`, so that an operator can tell why an old position token is refused.
 */
export class FormerStores1763800000000 implements MigrationInterface {
  readonly name = 'FormerStores1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE kept.ledger
      ADD COLUMN former_stores jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE kept.ledger DROP COLUMN former_stores');
  }
}
