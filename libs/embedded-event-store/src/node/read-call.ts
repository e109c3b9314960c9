import { randomUUID } from 'node:crypto';
import { status, type ServerErrorResponse, type ServerWritableStream } from '@grpc/grpc-js';
import { DamagedLogError } from '../log/log-errors.js';
import { batches } from '../store/batches.js';
import { eventFilter, type EventFilter } from '../store/event-filter.js';
import type { EventLog } from '../store/event-log.js';
import { locate, planAllRead, planStreamRead, type ReadPlan } from '../store/read-plan.js';
import { isDeleted } from '../store/stream-states.js';
import { AllCursor, StreamCursor, type SubscriptionCursor } from '../store/subscription-cursor.js';
import {
  CAUGHT_UP,
  encodeCheckpoint,
  encodeConfirmation,
  encodeEvent,
  encodeLink,
  encodeStreamNotFound,
} from '../wire/read-answers.js';
import type { AllTarget, ReadRequest, StreamTarget } from '../wire/read-request.js';
import { hiddenFromReaders } from './hidden-events.js';
import { LinkResolver } from './link-resolver.js';
import { errorResponse } from './open-calls.js';
import { streamDeleted } from './refusals.js';
import { ResponseStream } from './response-stream.js';
import { Signal } from './signal.js';

/** What a client asked for that cannot be answered; becomes the call's error. */
class RefusedReadError extends Error {
  readonly response: ServerErrorResponse;

  constructor(response: ServerErrorResponse) {
    super(response.details);
    this.response = response;
  }
}

function refuse(code: status, message: string): RefusedReadError {
  return new RefusedReadError(errorResponse(code, message));
}

/** Answers one `Read` call: a bounded read, or a subscription that ends with the call. */
export async function serveRead(
  call: ServerWritableStream<ReadRequest, Buffer>,
  log: EventLog,
  now: () => number,
): Promise<void> {
  const wake = new Signal();
  const responses = new ResponseStream(call, () => wake.raise());
  try {
    const { request } = call;
    if (request.structuredIds) {
      throw refuse(status.UNIMPLEMENTED, 'the embedded event store gives ids as text alone');
    }
    const reading = new Reading(log, request, responses, now);
    if (request.extent === 'subscription') await reading.subscribe(wake);
    else await reading.readOnce(request.extent);
    responses.end();
  } catch (error) {
    responses.fail(error instanceof RefusedReadError ? error.response : internalError(error));
  }
}

function internalError(error: unknown): ServerErrorResponse {
  const code = error instanceof DamagedLogError ? status.DATA_LOSS : status.INTERNAL;
  return errorResponse(code, error instanceof Error ? error.message : String(error));
}

interface Beginning {
  readonly cursor: SubscriptionCursor;
  readonly isAnnounced: boolean;
}

class Reading {
  readonly #log: EventLog;
  readonly #request: ReadRequest;
  readonly #responses: ResponseStream;
  readonly #filter: EventFilter | undefined;
  readonly #links: LinkResolver;
  readonly #now: () => number;

  constructor(log: EventLog, request: ReadRequest, responses: ResponseStream, now: () => number) {
    this.#log = log;
    this.#now = now;
    this.#links = new LinkResolver(log, now);
    this.#request = request;
    this.#responses = responses;
    this.#filter = compileFilter(log, request);
  }

  async readOnce(eventsMax: number): Promise<void> {
    const plan = await this.#plan(eventsMax);
    switch (plan.plan) {
      case 'stream_not_found':
        await this.#responses.write(encodeStreamNotFound(plan.stream));
        return;
      case 'invalid_position':
        throw refuse(status.INVALID_ARGUMENT, plan.message);
      case 'stream_deleted':
        throw new RefusedReadError(streamDeleted(plan.stream));
      case 'events':
        for (const batch of batches(this.#log.index, plan.sequences)) {
          if (!(await this.#sendEvents(batch))) return;
        }
    }
  }

  async #plan(eventsMax: number): Promise<ReadPlan> {
    const { target, direction } = this.#request;
    const { index, states } = this.#log;
    const extent = { direction, eventsMax };
    if (target.kind === 'all') return planAllRead(index, target, this.#filter, extent);
    const state = states.visible(target.stream);
    const hidden = await this.#hidden(target.stream);
    return planStreamRead(index, target, { state, hidden }, extent);
  }

  async #hidden(name: string): Promise<number> {
    const stream = this.#log.index.stream(name);
    if (stream === undefined) return 0;
    return hiddenFromReaders(this.#log, stream, this.#log.states.visible(name), this.#now());
  }

  async subscribe(wake: Signal): Promise<void> {
    const { cursor, isAnnounced } = await this.#begin();
    const stopListening = this.#log.onVisible(() => wake.raise());
    try {
      await this.#responses.write(encodeConfirmation(randomUUID()));
      await this.#sendAvailable(cursor);
      if (isAnnounced) await this.#announceCaughtUp(cursor);
      while (this.#responses.isOpen) {
        await wake.wait();
        await this.#sendAvailable(cursor);
      }
    } finally {
      stopListening();
    }
  }

  /** Ends the subscription behind the last event of a stream that is deleted for good. */
  async #sendAvailable(cursor: SubscriptionCursor): Promise<void> {
    const { target } = this.#request;
    const isLast = target.kind === 'stream' && this.#log.states.visible(target.stream).isTombstoned;
    let batch = cursor.next();
    while (batch !== undefined && this.#responses.isOpen) {
      await this.#sendEvents(batch.sequences);
      if (batch.checkpoint !== undefined) await this.#sendCheckpoint(batch.checkpoint);
      batch = cursor.next();
    }
    if (isLast) throw new RefusedReadError(streamDeleted(target.stream));
  }

  async #announceCaughtUp(cursor: SubscriptionCursor): Promise<void> {
    const lookedAt = cursor.uncheckpointed();
    if (lookedAt !== undefined) await this.#sendCheckpoint(lookedAt);
    await this.#responses.write(CAUGHT_UP);
  }

  async #sendCheckpoint(sequence: number): Promise<void> {
    await this.#responses.write(encodeCheckpoint(this.#log.index.position(sequence)));
  }

  async #sendEvents(sequences: readonly number[]): Promise<boolean> {
    const records = await this.#log.records.read(sequences);
    for (const [index, record] of records.entries()) {
      const sequence = sequences[index] ?? 0;
      const position = this.#log.index.position(sequence);
      const answer =
        this.#request.resolveLinks && this.#links.isLink(sequence)
          ? encodeLink(record, await this.#links.target(record), position)
          : encodeEvent(record, position);
      if (!(await this.#responses.write(answer))) return false;
    }
    return true;
  }

  /** Where to begin, and whether the client is told when it has caught up. */
  async #begin(): Promise<Beginning> {
    const { target } = this.#request;
    return target.kind === 'stream' ? this.#beginStream(target) : this.#beginAll(target);
  }

  /** EventStoreDB never says "caught up" on a stream that is missing or deleted, except from its end. */
  async #beginStream({ stream: name, from }: StreamTarget): Promise<Beginning> {
    const { index, states } = this.#log;
    const state = states.visible(name);
    const hidden = await this.#hidden(name);
    const stream = index.stream(name);
    const count = stream === undefined ? 0 : index.visibleRevisions(stream);
    const asked = typeof from === 'number' ? from + 1 : from === 'end' ? count : 0;
    return {
      cursor: new StreamCursor(index, name, Math.max(asked, hidden)),
      isAnnounced: from === 'end' || (count > 0 && !isDeleted(state)),
    };
  }

  #beginAll({ from }: AllTarget): Beginning {
    const { index } = this.#log;
    let sequence = from === 'end' ? index.visibleLength : 0;
    if (typeof from === 'object') {
      const located = locate(index, from);
      if (located.kind === 'invalid') {
        throw refuse(status.INVALID_ARGUMENT, located.message);
      }
      sequence = located.kind === 'event' ? located.sequence + 1 : index.visibleLength;
    }
    const interval = this.#request.filter?.checkpointInterval;
    const filter =
      this.#filter === undefined || interval === undefined
        ? undefined
        : { isWanted: this.#filter, checkpointInterval: interval };
    return { cursor: new AllCursor(index, sequence, filter), isAnnounced: true };
  }
}

function compileFilter(log: EventLog, { filter }: ReadRequest): EventFilter | undefined {
  if (filter === undefined) return undefined;
  try {
    return eventFilter(log.index, filter);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(status.INVALID_ARGUMENT, `the filter is refused: ${reason}`);
  }
}
