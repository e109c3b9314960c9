import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { EventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import {
  DestroyedKeysJournal,
  type KeyRing,
  type PersonalDataVault,
  type PostgresDataKeyStore,
} from '#personal-data';
import type { Recorder } from '#recording';
import { ErasureDesk } from '../erasure/erasure-desk.js';
import { Erasures } from '../erasure/erasures.js';
import { KeyRotations } from '../erasure/key-rotations.js';
import { ModelsCaughtUp } from '../erasure/models-caught-up.js';
import { PersonSearch } from '../erasure/person-search.js';
import { reapplyAtStart } from '../erasure/reapplication.js';
import { messageOf } from '../composition/start-error.js';
import type { ReadModels } from '../http/reads/read-models.js';

const dayMilliseconds = 24 * 60 * 60 * 1_000;

export interface PersonalDataParts {
  readonly store: EventStore;
  readonly storeId: string;
  readonly recorder: Recorder;
  readonly vault: PersonalDataVault;
  readonly keyStore: PostgresDataKeyStore;
  readonly ring: KeyRing;
  readonly writePool: Pool;
  readonly readModels: ReadModels;
  /** The file with the ids of destroyed keys. */
  readonly journalFile: string;
  readonly quarantineRetentionDays: number;
  readonly clock: () => string;
  readonly logger: Logger;
}

export interface PersonalDataRole {
  readonly erasures: Erasures;
  readonly keyRotations: KeyRotations;
  stop(): Promise<void>;
}

/**
 * Forgetting persons: what was destroyed is destroyed again before anything is served, erasures that
 * a crash broke off are carried out, and once a day deferred ones and the quarantine are looked at.
 */
export async function startPersonalDataRole(parts: PersonalDataParts): Promise<PersonalDataRole> {
  const { store, recorder, vault, keyStore, readModels, logger, clock } = parts;
  const prefix = defaultLedgerPrefix;
  const journal = new DestroyedKeysJournal(parts.journalFile);
  const { writePool: pool, storeId } = parts;
  const reapplied = await reapplyAtStart({ pool, store, storeId, prefix, vault, journal });
  if (reapplied.destroyed > 0) {
    logger.warn(
      { keys: reapplied.destroyed },
      'Keys that had been destroyed were destroyed again.',
    );
  }
  if (parts.ring.isBeingReplaced) {
    logger.warn('A rotation of the key-encryption key is unfinished. Run: daybook keys rotate');
  }
  const models = new ModelsCaughtUp(store, prefix, pool, readModels.groupName);
  const search = new PersonSearch(readModels, vault, keyStore, recorder, models);
  const desk = new ErasureDesk({ store, prefix, recorder, vault, journal, search });
  const erasures = new Erasures(desk, search, readModels, vault, clock);
  const keyRotations = new KeyRotations(pool, parts.ring);
  const daily = new DailyWork(logger, async (isFirst, signal) => {
    await models.wait(dayMilliseconds, signal);
    if (isFirst) for (const id of reapplied.unfinished) await desk.carryOut(id);
    const completed = await erasures.completeDue();
    const ended = await recorder.endQuarantineRetention(parts.quarantineRetentionDays);
    if (completed + ended > 0) {
      logger.info({ erasuresCompleted: completed, quarantinedBodiesDestroyed: ended }, 'Retention');
    }
  });
  return {
    erasures,
    keyRotations,
    stop: async () => {
      await daily.stop();
      await keyRotations.settled();
    },
  };
}

/** Work that is done at the start and once a day; one that fails is done the next day. */
class DailyWork {
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<void>;

  constructor(
    private readonly logger: Logger,
    private readonly work: (isFirst: boolean, signal: AbortSignal) => Promise<void>,
  ) {
    this.#underWay = this.#run(true);
    this.#timer = setInterval(() => {
      this.#underWay = this.#underWay.then(() => this.#run(false));
    }, dayMilliseconds);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#underWay;
  }

  async #run(isFirst: boolean): Promise<void> {
    try {
      await this.work(isFirst, this.#stopping.signal);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.logger.warn(`The daily look at personal data failed: ${messageOf(error)}`);
    }
  }
}
