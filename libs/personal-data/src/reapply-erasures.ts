import type { PersonalDataVault } from './personal-data-vault.js';

/** How many keys are looked for in one transaction. */
const batchKeysMax = 1_000;

/**
 * Destroys again what was destroyed before: the keys that `SubjectKeyDestroyed` events and the
 * journal name, wherever a restored database still holds them, and all evidence about their
 * subjects. Where nothing was restored it changes nothing. Answers how many keys were destroyed.
 */
export async function reapplyErasures(
  vault: PersonalDataVault,
  keyIds: readonly string[],
): Promise<number> {
  let destroyed = 0;
  for (let from = 0; from < keyIds.length; from += batchKeysMax) {
    destroyed += await vault.destroyKeys(keyIds.slice(from, from + batchKeysMax));
  }
  return destroyed;
}
