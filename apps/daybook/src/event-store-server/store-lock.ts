import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DaybookStartError } from '../composition/start-error.js';
import { acquireLock, isDataDirectory, makePath } from '../data-directory/index.js';

export interface LockedStore {
  /** Absolute, without symbolic links; made where it was missing. */
  readonly directory: string;
  release(): Promise<void>;
}

/**
 * Takes the folder of an event store for this process alone. Where it is the one in a data directory
 * of Daybook, the lock is that directory's, so that no Daybook runs on it meanwhile.
 *
 * @throws DaybookStartError `event_store_locked`, `not_an_event_store` or `event_store_unwritable`
 */
export async function lockStore(path: string): Promise<LockedStore> {
  if (isDataDirectory(path)) {
    throw new DaybookStartError(
      'not_an_event_store',
      `${path} is a whole data directory of Daybook. Give the folder eventstore in it.`,
    );
  }
  const directory = await madeDirectory(path);
  const isOfDaybook = basename(directory) === 'eventstore' && isDataDirectory(dirname(directory));
  const lock = await acquireLock(join(isOfDaybook ? dirname(directory) : directory, 'lock'));
  if (lock.outcome === 'held') throw new DaybookStartError('event_store_locked', lock.message);
  return { directory, release: () => lock.release() };
}

async function madeDirectory(path: string): Promise<string> {
  try {
    await makePath(resolve(path), 0o700);
    return await realpath(path);
  } catch (error) {
    const { message } = error as Error;
    throw new DaybookStartError(
      'event_store_unwritable',
      `The event store's folder ${path} cannot be used: ${message}. Choose one that this user may write.`,
    );
  }
}
