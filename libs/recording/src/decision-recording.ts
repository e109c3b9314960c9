import type { Pool } from 'pg';
import type { DecidedEvent, Decide, StreamFold } from '#domain';
import type { AnyNewEvent } from '#events';
import { decisionIdOf, type JsonValue, type StorePosition } from '#kernel';
import {
  beginCommands,
  type CommandName,
  commandName,
  type KeptCommand,
  type KeptDecision,
  settleCommands,
} from './command-log.js';
import { databaseUnavailable, isDatabaseUnreachable } from './database-failure.js';
import type { AnyFold } from './known-stream.js';
import { type PreparedEvent, prepareEvent } from './prepared-event.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';
import { RequestBatcher } from './request-batcher.js';
import type { StreamMailboxes } from './stream-mailboxes.js';
import type { StreamOutcome, Unavailable } from './stream-outcome.js';
import type { PreparedDecision, WaitingDecision } from './waiting-work.js';

/** A command on one stream, with the decider that answers it. */
export interface DecisionCommand<State> extends CommandName {
  /** SHA-256 of the command's canonical JSON: the same key with another digest is refused. */
  readonly requestDigest: string;
  readonly leaf: string;
  /** The raw ids the leaf was made of, where it had to be shortened. */
  readonly objectParts?: readonly string[];
  readonly recordedBy: string;
  /** Who asked, as the client says. */
  readonly actor?: string | undefined;
  /** The same object for every decision on streams of this kind; its state is kept by it. */
  readonly fold: StreamFold<State>;
  readonly decide: Decide<State>;
}

export type DecisionOutcome =
  | {
      readonly outcome: 'accepted';
      /** True where the command had been accepted before. */
      readonly repeated: boolean;
      readonly leaf: string;
      readonly events: readonly { readonly eventId: string; readonly revision: number }[];
      /** A place in the store at or behind the events; null where it was not looked up again. */
      readonly position: StorePosition | null;
    }
  | {
      readonly outcome: 'refused';
      readonly repeated: boolean;
      readonly code: string;
      readonly message: string;
      readonly field?: string;
      readonly details?: Readonly<Record<string, JsonValue>>;
    }
  | Unavailable;

export interface DecisionRecordingParts {
  readonly pool: Pool;
  readonly mailboxes: StreamMailboxes;
  readonly clock: () => string;
  readonly limits: RecorderLimits;
  readonly counters: RecordingCounters;
}

interface CommandUnderWay {
  readonly requestDigest: string;
  readonly answer: Promise<DecisionOutcome>;
}

/**
 * Takes decisions, each once per key: the key and the command are kept first, the decision is
 * written under an id made of the key, and the outcome is kept last. A crash at any point is made
 * good by sending the command again.
 */
export class DecisionRecording {
  readonly #parts: DecisionRecordingParts;
  readonly #underWay = new Map<string, CommandUnderWay>();
  readonly #begin: RequestBatcher<CommandName & { requestDigest: string }, KeptCommand>;
  readonly #keep: RequestBatcher<CommandName & { outcome: KeptDecision }, KeptDecision>;

  constructor(parts: DecisionRecordingParts) {
    this.#parts = parts;
    const { pool, limits } = parts;
    const inOneStatement = (): number => limits.statementCommandsMax;
    this.#begin = new RequestBatcher((all) => beginCommands(pool, all), inOneStatement);
    this.#keep = new RequestBatcher((all) => settleCommands(pool, all), inOneStatement);
  }

  async decide<State>(command: DecisionCommand<State>): Promise<DecisionOutcome> {
    const outcome = await this.#decideOnce(command);
    const { counters } = this.#parts;
    if (outcome.outcome === 'unavailable') counters.unavailable += 1;
    else if (outcome.repeated) counters.repeated += 1;
    else if (outcome.outcome === 'refused') counters.refused += 1;
    return outcome;
  }

  async #decideOnce<State>(command: DecisionCommand<State>): Promise<DecisionOutcome> {
    const name = commandName(command);
    const { requestDigest } = command;
    const other = this.#underWay.get(name);
    if (other !== undefined) {
      if (other.requestDigest !== requestDigest) return keyReused(command);
      const outcome = await other.answer;
      return outcome.outcome === 'unavailable' ? outcome : { ...outcome, repeated: true };
    }
    const answer = this.#decideGuarded(command).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, { requestDigest, answer });
    return answer;
  }

  async #decideGuarded<State>(command: DecisionCommand<State>): Promise<DecisionOutcome> {
    try {
      const { client, route, idempotencyKey, requestDigest, leaf } = command;
      const name = { client, route, idempotencyKey };
      const kept = await this.#begin.ask({ ...name, requestDigest });
      if (kept.requestDigest !== requestDigest) return keyReused(command);
      if (kept.outcome) return repeatOf(kept.outcome, leaf);
      const outcome = await this.#decideOnStream(command);
      if (outcome.outcome === 'unavailable') return outcome;
      return await this.#settle(name, leaf, outcome);
    } catch (error) {
      if (!isDatabaseUnreachable(error)) throw error;
      return databaseUnavailable(error);
    }
  }

  #decideOnStream<State>(command: DecisionCommand<State>): Promise<StreamOutcome> {
    const { client, route, idempotencyKey, leaf } = command;
    const eventIdOf = (step: number): string =>
      decisionIdOf({ client, route, idempotencyKey, leaf, step: String(step) });
    return new Promise((settle, fail) => {
      const waiting: WaitingDecision = {
        kind: 'decision',
        // The mailbox hands a fold's state to nobody but decisions with this very fold.
        fold: command.fold as AnyFold,
        decide: (state) => command.decide(state as State),
        eventIdOf,
        prepare: (decided) => this.#prepare(command, decided, eventIdOf),
        settle,
        fail,
      };
      this.#parts.mailboxes.add(leaf, waiting);
    });
  }

  #prepare<State>(
    command: DecisionCommand<State>,
    decided: readonly DecidedEvent[],
    eventIdOf: (step: number) => string,
  ): PreparedDecision {
    const now = this.#parts.clock();
    const occurrence = {
      occurredAt: now,
      precision: 'instant',
      notBefore: null,
      notAfter: null,
    } as const;
    const events: PreparedEvent[] = [];
    for (const [step, { type, data }] of decided.entries()) {
      const event = {
        eventId: eventIdOf(step),
        type,
        leaf: command.leaf,
        kind: 'decision',
        account: command.client,
        occurrence,
        version: null,
        transaction: null,
        ...(command.objectParts === undefined ? {} : { objectParts: command.objectParts }),
        data,
      } as AnyNewEvent;
      const preparation = prepareEvent(event, {
        recordedAt: now,
        recordedBy: command.recordedBy,
        deliveryDigest: command.requestDigest,
        translatorVersion: decisionTranslator,
        ...(command.actor === undefined ? {} : { actor: command.actor }),
      });
      if (preparation.outcome === 'refused') return preparation;
      events.push(preparation.event);
    }
    return { outcome: 'prepared', events };
  }

  /** An accepted decision is answered though its outcome could not be kept: the stream holds it. */
  async #settle(
    name: CommandName,
    leaf: string,
    outcome: Exclude<StreamOutcome, Unavailable>,
  ): Promise<DecisionOutcome> {
    if (outcome.outcome === 'refused') {
      const stands = await this.#keep.ask({ ...name, outcome });
      return stands.outcome === 'refused' ? { ...stands, repeated: false } : repeatOf(stands, leaf);
    }
    const { isNew, events, position } = outcome;
    try {
      await this.#keep.ask({ ...name, outcome: { outcome: 'accepted', events } });
    } catch (error) {
      if (!isDatabaseUnreachable(error)) throw error;
    }
    return { outcome: 'accepted', repeated: !isNew, leaf, events, position };
  }
}

/** Decisions are translated by nobody; the field says which rules wrote them. */
const decisionTranslator = 'decision 1';

function keyReused({ client, route, idempotencyKey }: CommandName): DecisionOutcome {
  return {
    outcome: 'refused',
    repeated: false,
    code: 'idempotency_key_reused',
    message: `${client} has already used the key ${idempotencyKey} on ${route} for another command.`,
  };
}

function repeatOf(kept: KeptDecision, leaf: string): DecisionOutcome {
  return kept.outcome === 'accepted'
    ? { ...kept, repeated: true, leaf, position: null }
    : { ...kept, repeated: true };
}
