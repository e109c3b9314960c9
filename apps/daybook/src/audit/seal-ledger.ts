import { join } from 'node:path';
import {
  MissingTileError,
  originOf,
  publishSeal,
  type PublishOutcome,
  type SealTarget,
  type SignerKey,
} from '#audit';
import type { EventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { DaybookStartError } from '../composition/start-error.js';
import { acquireLock } from '../data-directory/directory-lock.js';
import { bringTreeUpToDate, makeTreeAgain } from './kept-tree.js';
import { recordSeal } from './record-seal.js';
import { loadSealKey } from './seal-key.js';

export interface SealParts {
  readonly store: EventStore;
  readonly target: SealTarget;
  readonly ledgerId: string;
  readonly dataDirectory: string;
  readonly keyFile: string;
  /** UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly clock: () => string;
}

export type SealOutcome = PublishOutcome & { readonly keyId: string };

/**
 * Seals a ledger: its tree is brought up to date, what the target lacks is published, and the
 * publication is recorded. Repeated without a new event it changes nothing.
 *
 * @throws DaybookStartError where another process seals, or the key cannot be used
 * @throws SealTargetError where the target cannot be reached
 */
export async function sealLedger(parts: SealParts): Promise<SealOutcome> {
  const key = await loadSealKey(parts.keyFile, originOf(parts.ledgerId));
  const lock = await acquireLock(join(parts.dataDirectory, 'audit-lock'));
  if (lock.outcome === 'held') throw new DaybookStartError('seal_in_progress', lock.message);
  try {
    return { ...(await sealUnderLock(parts, key)), keyId: key.verifier.keyId };
  } finally {
    await lock.release();
  }
}

async function sealUnderLock(parts: SealParts, key: SignerKey): Promise<PublishOutcome> {
  const { store, target } = parts;
  const published = await publishKept(parts, key);
  if (published.outcome === 'refused') return published;
  const { checkpoint, note } = published;
  // Also where nothing is new: a process that ended between the two left a seal nothing tells of.
  await recordSeal(store, {
    seal: { checkpoint, note },
    ...(published.outcome === 'published' ? { fromSequence: published.fromSequence } : {}),
    target,
    key,
    now: parts.clock(),
  });
  return published;
}

/** Publishes the kept tree; it is made again once where its tiles do not fit together. */
async function publishKept(parts: SealParts, key: SignerKey): Promise<PublishOutcome> {
  const { store, target, ledgerId, dataDirectory } = parts;
  const folder = join(dataDirectory, 'audit');
  const kept = { store, prefix: defaultLedgerPrefix, ledgerId, folder };
  try {
    return await publishSeal({ target, key, ...(await bringTreeUpToDate(kept)) });
  } catch (error) {
    if (!(error instanceof MissingTileError)) throw error;
    return publishSeal({ target, key, ...(await makeTreeAgain(kept)) });
  }
}
