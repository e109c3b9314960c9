import { lastAppendAnswerAt } from './append-answer-guard.js';
import { attemptAppend, type AttemptAnswer } from './append-attempt.js';
import { prepareAppend } from './append-request.js';
import type { PreparedAppend } from './append-request.js';
import { Backoff, delayUnlessAborted } from './backoff.js';
import { BytesInFlight } from './bytes-in-flight.js';
import { EventStoreUnavailableError } from './port.js';
import type { AppendOutcome, AppendRequest, RecordedEvent } from './port.js';
import type { StoreClient } from './store-client.js';
import type { StoreReads } from './store-reads.js';
import { wordsOf } from './store-failure.js';
import type { StoreNotices } from './store-notices.js';

const bytesInFlightMax = 16 * 1_048_576;
/** Time for the client to let go of an append stream that failed. */
const resendMillisecondsMin = 5;

export interface AppendLimits {
  /** How long an append is tried, again and again, before its fate is called unknown. */
  readonly deadlineMilliseconds: number;
  /** How long the first attempt may stay without an answer; twice as long after each late one. */
  readonly attemptMilliseconds: number;
}

/**
 * Appends, and where an answer is lost sends the identical append again (same ids, same expected
 * revision) until it is answered: the node knows the ids and answers as it did the first time.
 */
export class Appender {
  private readonly inFlight = new Set<Promise<AppendOutcome>>();
  private readonly bytes = new BytesInFlight(bytesInFlightMax);

  constructor(
    private readonly client: StoreClient,
    private readonly reads: StoreReads,
    private readonly limits: AppendLimits,
    private readonly notices: StoreNotices,
  ) {}

  append(request: AppendRequest): Promise<AppendOutcome> {
    const outcome = this.prepareAndSend(request);
    this.inFlight.add(outcome);
    const settle = (): void => void this.inFlight.delete(outcome);
    outcome.then(settle, settle);
    return outcome;
  }

  /** Resolves when every append begun so far has its outcome. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.inFlight);
  }

  private async prepareAndSend(request: AppendRequest): Promise<AppendOutcome> {
    const append = prepareAppend(request);
    if ('outcome' in append) {
      if (append.code === 'stream_protected') this.notices.note(append.code, append.message);
      return append;
    }
    const deadline = performance.now() + this.limits.deadlineMilliseconds;
    await this.bytes.enter(append.dataBytes);
    try {
      return await this.sendUntilAnswered(append, deadline);
    } finally {
      this.bytes.leave(append.dataBytes);
    }
  }

  private async sendUntilAnswered(
    append: PreparedAppend,
    deadline: number,
  ): Promise<AppendOutcome> {
    const backoff = new Backoff();
    let { attemptMilliseconds } = this.limits;
    let lost = 'its turn never came';
    for (let attempt = 1; performance.now() < deadline; attempt += 1) {
      const sentAt = performance.now();
      const usedClient = this.client.current;
      const answer = await attemptAppend(
        this.client,
        append,
        Math.ceil(Math.min(attemptMilliseconds, deadline - sentAt)),
      );
      if ('outcome' in answer) return answer;
      const settled =
        answer.answer === 'none'
          ? answer
          : await this.settle(append, answer, attempt > 1).catch(lostRead);
      if (!('answer' in settled)) return settled;
      lost = settled.message;
      if (settled.isFull) return withoutRoom(append.stream, lost);
      if (settled.isLate) {
        // A node that needs longer than an attempt lasts would never be heard.
        attemptMilliseconds *= 2;
        // A stream may be dead on a connection that lives, which no keep-alive notices.
        if (lastAppendAnswerAt() < sentAt) this.client.replace(usedClient);
      }
      this.notices.note(
        'append_unanswered',
        `An append to ${append.stream} was not answered (${lost}); the identical append is sent again.`,
      );
      const delay = Math.max(backoff.next(), resendMillisecondsMin);
      await delayUnlessAborted(Math.min(delay, deadline - performance.now()));
    }
    return {
      outcome: 'unknown',
      message: `Nobody knows whether the append to ${append.stream} was written: ${lost}. Send the identical append again.`,
    };
  }

  /** Makes an outcome of an answer, reading the stream where the answer alone does not say enough. */
  private async settle(
    append: PreparedAppend,
    answer: Answered,
    isRepeat: boolean,
  ): Promise<AppendOutcome> {
    if (answer.answer === 'appended') {
      if (answer.revision !== append.revisionAfter) {
        throw new Error(
          `The store answered revision ${answer.revision} to an append that ends ${append.stream} at ${append.revisionAfter}.`,
        );
      }
      if (answer.position) {
        return { outcome: 'appended', revision: answer.revision, position: answer.position };
      }
    }
    // After an attempt whose fate is unknown a conflict may be with what that attempt wrote.
    if (answer.answer === 'appended' || isRepeat) {
      const last = await this.lastOfOwn(append);
      if (last) return { outcome: 'appended', revision: last.revision, position: last.position };
    }
    if (answer.answer === 'conflict') return { outcome: 'conflict', actual: answer.actual };
    throw new Error(
      `The store answered that ${append.stream} ends at ${answer.revision}, and holds other events there.`,
    );
  }

  /** The last event of this append where the stream holds exactly its events after the expected revision. */
  private async lastOfOwn(append: PreparedAppend): Promise<RecordedEvent | undefined> {
    const { eventIds, stream, revisionAfter } = append;
    const read = await this.reads.readStream({
      stream,
      fromRevision: revisionAfter - eventIds.length + 1,
      direction: 'forwards',
      eventsMax: eventIds.length,
    });
    if (read.outcome !== 'read' || read.events.length !== eventIds.length) return undefined;
    const isOwn = read.events.every((event, index) => event.eventId === eventIds[index]);
    return isOwn ? read.events.at(-1) : undefined;
  }
}

type Answered = Exclude<
  AttemptAnswer,
  { readonly answer: 'none' } | { readonly outcome: 'refused' }
>;

function lostRead(error: unknown): Extract<AttemptAnswer, { readonly answer: 'none' }> {
  if (error instanceof EventStoreUnavailableError) {
    return { answer: 'none', isLate: false, isFull: false, message: wordsOf(error) };
  }
  throw error;
}

/** Not even a refusal is certain: an attempt before this one may have been written. */
function withoutRoom(stream: string, words: string): AppendOutcome {
  return {
    outcome: 'unknown',
    cause: 'store_full',
    message: `The event store has no room for an append to ${stream} (${words}). Make room, then send the identical append again.`,
  };
}
