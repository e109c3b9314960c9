import type { Pool } from 'pg';
import { type KeyRing, type KeyRotation, rotateKeyEncryptionKey } from '#personal-data';

/**
 * Rotations of the key-encryption key. They run in the process that serves, which alone holds the
 * keys in memory; whoever asks while one is under way is told of that one's end.
 */
export class KeyRotations {
  #underWay: Promise<KeyRotation> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly ring: KeyRing,
  ) {}

  rotate(): Promise<KeyRotation> {
    this.#underWay ??= rotateKeyEncryptionKey(this.pool, this.ring).finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /** Returns once no rotation is under way; for an orderly end. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => undefined);
  }
}
