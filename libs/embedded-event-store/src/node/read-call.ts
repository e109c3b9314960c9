import { randomUUID } from 'node:crypto';
import { status, type ServerWritableStream } from '@grpc/grpc-js';
import { batches } from '../store/batches.js';
import { eventFilter, type EventFilter } from '../store/event-filter.js';
import type { EventLog } from '../store/event-log.js';
import { locate, planRead } from '../store/read-plan.js';
import { AllCursor, StreamCursor, type SubscriptionCursor } from '../store/subscription-cursor.js';
import {
  CAUGHT_UP,
  encodeCheckpoint,
  encodeConfirmation,
  encodeEvent,
  encodeStreamNotFound,
} from '../wire/read-answers.js';
import type { AllTarget, ReadRequest, StreamTarget } from '../wire/read-request.js';
import { ResponseStream } from './response-stream.js';
import { Signal } from './signal.js';

/** What a client asked for that cannot be answered; becomes the call's error. */
class RefusedReadError extends Error {
  constructor(
    readonly code: status,
    message: string,
  ) {
    super(message);
  }
}

/** Answers one `Read` call: a bounded read, or a subscription that ends with the call. */
export async function serveRead(
  call: ServerWritableStream<ReadRequest, Buffer>,
  log: EventLog,
): Promise<void> {
  const wake = new Signal();
  const responses = new ResponseStream(call, () => wake.raise());
  try {
    const { request } = call;
    if (request.resolveLinks || request.structuredIds) {
      throw new RefusedReadError(
        status.UNIMPLEMENTED,
        'the embedded event store resolves no links and gives ids as text alone',
      );
    }
    const reading = new Reading(log, request, responses);
    if (request.extent === 'subscription') await reading.subscribe(wake);
    else await reading.readOnce(request.extent);
    responses.end();
  } catch (error) {
    const code = error instanceof RefusedReadError ? error.code : status.INTERNAL;
    responses.fail(code, error instanceof Error ? error.message : String(error));
  }
}

class Reading {
  readonly #log: EventLog;
  readonly #request: ReadRequest;
  readonly #responses: ResponseStream;
  readonly #filter: EventFilter | undefined;

  constructor(log: EventLog, request: ReadRequest, responses: ResponseStream) {
    this.#log = log;
    this.#request = request;
    this.#responses = responses;
    this.#filter = compileFilter(log, request);
  }

  async readOnce(eventsMax: number): Promise<void> {
    const plan = planRead(this.#log.index, this.#request, this.#filter, eventsMax);
    switch (plan.plan) {
      case 'stream_not_found':
        await this.#responses.write(encodeStreamNotFound(plan.stream));
        return;
      case 'invalid_position':
        throw new RefusedReadError(status.INVALID_ARGUMENT, plan.message);
      case 'events':
        for (const batch of batches(this.#log.index, plan.sequences)) {
          if (!(await this.#sendEvents(batch))) return;
        }
    }
  }

  async subscribe(wake: Signal): Promise<void> {
    const { cursor, isAnnounced } = this.#begin();
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

  async #sendAvailable(cursor: SubscriptionCursor): Promise<void> {
    let batch = cursor.next();
    while (batch !== undefined && this.#responses.isOpen) {
      await this.#sendEvents(batch.sequences);
      if (batch.checkpoint !== undefined) await this.#sendCheckpoint(batch.checkpoint);
      batch = cursor.next();
    }
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
      const position = this.#log.index.position(sequences[index] ?? 0);
      if (!(await this.#responses.write(encodeEvent(record, position)))) return false;
    }
    return true;
  }

  /** Where to begin, and whether the client is told when it has caught up. */
  #begin(): { readonly cursor: SubscriptionCursor; readonly isAnnounced: boolean } {
    const { target } = this.#request;
    return target.kind === 'stream' ? this.#beginStream(target) : this.#beginAll(target);
  }

  /** EventStoreDB never says "caught up" on a stream that is missing, except from its end. */
  #beginStream({ stream: name, from }: StreamTarget): {
    cursor: SubscriptionCursor;
    isAnnounced: boolean;
  } {
    const { index } = this.#log;
    const stream = index.stream(name);
    const count = stream === undefined ? 0 : index.visibleRevisions(stream);
    const revision = typeof from === 'number' ? from + 1 : from === 'end' ? count : 0;
    return {
      cursor: new StreamCursor(index, name, revision),
      isAnnounced: count > 0 || from === 'end',
    };
  }

  #beginAll({ from }: AllTarget): { cursor: SubscriptionCursor; isAnnounced: boolean } {
    const { index } = this.#log;
    let sequence = from === 'end' ? index.visibleLength : 0;
    if (typeof from === 'object') {
      const located = locate(index, from);
      if (located.kind === 'invalid') {
        throw new RefusedReadError(status.INVALID_ARGUMENT, located.message);
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
    throw new RefusedReadError(status.INVALID_ARGUMENT, `the filter is refused: ${reason}`);
  }
}
