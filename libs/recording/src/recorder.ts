import type { Pool } from 'pg';
import type { EventStore } from '#event-store';
import type { Refusal } from '#kernel';
import type { BlindIndexKind, PersonalDataVault } from '#personal-data';
import { databaseUnavailable, isDatabaseUnreachable } from './database-failure.js';
import {
  type DecisionCommand,
  type DecisionOutcome,
  DecisionRecording,
} from './decision-recording.js';
import { findLeaves, openDelivery, type OpenedDelivery } from './delivery-reading.js';
import type { DeliveryName } from './evidence.js';
import { FactRecording } from './fact-recording.js';
import { type OpenedLedger, openLedger } from './ledger-opening.js';
import {
  keepInQuarantine,
  listQuarantine,
  openQuarantinedBody,
  type QuarantinePage,
  type QuarantineRequest,
} from './quarantine.js';
import { endRetention, resolveQuarantined } from './quarantine-retention.js';
import { defaultRecorderLimits, type RecorderLimits } from './recorder-limits.js';
import type { Delivery, RecordOutcome } from './record-outcome.js';
import { newCounters, type RecordingCounters } from './recording-counters.js';
import { StreamMailboxes } from './stream-mailboxes.js';
import type { Unavailable } from './stream-outcome.js';

export interface RecorderParts {
  readonly store: EventStore;
  /** Connections to a database with the schema `kept`. */
  readonly pool: Pool;
  /** The ledger's prefix of stream names, such as `daybook.`. */
  readonly prefix: string;
  readonly personalData: PersonalDataVault;
  /** The present as `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly clock: () => string;
  readonly limits?: Partial<RecorderLimits>;
}

/** The write path of a process: everything that enters the ledger goes through here. */
export interface Recorder {
  readonly counters: Readonly<RecordingCounters>;
  /** See {@link openLedger}; to be done before anything is recorded. */
  openLedger(): Promise<OpenedLedger | Refusal<'ledger_differs'>>;
  /**
   * Records facts. Answers one outcome a delivery, in their order; a batch is not atomic. A fact
   * that is answered `recorded` or `repeated` is durable.
   */
  recordFacts(deliveries: readonly Delivery[]): Promise<readonly RecordOutcome[]>;
  /** Decides one command, once per client, route and Idempotency-Key. */
  decide<State>(command: DecisionCommand<State>): Promise<DecisionOutcome>;
  /** Keeps what was not understood; `unavailable` where it could not be kept. */
  quarantine(
    requests: readonly QuarantineRequest[],
  ): Promise<{ readonly outcome: 'quarantined' } | Unavailable>;
  /** Lists the quarantine, the newest first; undefined for a cursor that is none of ours. */
  listQuarantine(page: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<QuarantinePage | undefined>;
  /** Says that somebody is done with an entry; answers since when, undefined where there is none. */
  resolveQuarantined(source: string, digest: string): Promise<string | undefined>;
  /** Destroys the bodies of entries resolved more than so many days ago; answers how many. */
  endQuarantineRetention(retentionDays: number): Promise<number>;
  openQuarantinedBody(source: string, digest: string): Promise<Buffer | 'erased' | undefined>;
  /** The raw evidence of a delivery, with the outcome it was answered by this recorder. */
  openDelivery(name: DeliveryName): Promise<OpenedDelivery | undefined>;
  /** The leaves found by an e-mail address or telephone number, at most `foundLeavesMax`. */
  findLeaves(kind: BlindIndexKind, text: string): Promise<readonly string[]>;
  /** Resolves once everything that was accepted is answered and written down; for an orderly end. */
  settled(): Promise<void>;
}

/** Opens the write path; the store and the pool stay the caller's to close. */
export function openRecorder(parts: RecorderParts): Recorder {
  const { store, pool, prefix, personalData: vault, clock } = parts;
  const limits = { ...defaultRecorderLimits, ...parts.limits };
  const counters = newCounters();
  const mailboxes = new StreamMailboxes(store, prefix, limits, counters);
  const facts = new FactRecording({ pool, vault, mailboxes, clock, limits, counters });
  const decisions = new DecisionRecording({ pool, mailboxes, clock, limits, counters });
  return {
    counters,
    openLedger: () => openLedger({ store, pool, prefix, clock }),
    recordFacts: (deliveries) => facts.record(deliveries),
    decide: (command) => decisions.decide(command),
    quarantine: async (requests) => {
      try {
        await keepInQuarantine(pool, vault, requests, clock());
      } catch (error) {
        if (!isDatabaseUnreachable(error)) throw error;
        counters.unavailable += requests.length;
        return databaseUnavailable(error);
      }
      counters.quarantined += requests.length;
      return { outcome: 'quarantined' };
    },
    listQuarantine: (page) => listQuarantine(pool, page),
    resolveQuarantined: (source, digest) => resolveQuarantined(pool, source, digest, clock()),
    endQuarantineRetention: (days) => endRetention(pool, days, clock()),
    openQuarantinedBody: (source, digest) => openQuarantinedBody(pool, vault, source, digest),
    openDelivery: async (name) => {
      await facts.settled();
      return openDelivery(pool, vault, name);
    },
    findLeaves: (kind, text) => findLeaves(pool, vault, kind, text),
    settled: async () => {
      await facts.settled();
      await mailboxes.settled();
    },
  };
}
