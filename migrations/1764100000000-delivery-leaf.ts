import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a delivery about persons is about stands beside it from the moment it is kept: forgetting a
 * person asks for it, and outcomes, which name it too, are written later and may be lost.
 */
export class DeliveryLeaf1764100000000 implements MigrationInterface {
  readonly name = 'DeliveryLeaf1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE kept.delivery ADD COLUMN leaf text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE kept.delivery DROP COLUMN leaf');
  }
}
