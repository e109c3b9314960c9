import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { AppendOutcome } from '../store/append-request.js';
import { encodeBatchAppendAnswer } from '../wire/append-answers.js';
import type { BatchAppendMessage } from '../wire/append-messages.js';
import { AppendAssembly } from './append-assembly.js';
import { failCall } from './open-calls.js';
import type { TakeAppend } from './take-append.js';

/** Bytes of one client's unanswered appends beyond which nothing more is read from it. */
const UNANSWERED_BYTES_MAX = 64 * 1_048_576;

/** Appends of one client whose last message has not come, and the bytes they may hold together. */
const INCOMPLETE_APPENDS_MAX = 4_096;
const INCOMPLETE_BYTES_MAX = 256 * 1_048_576;

/** The longest a Node.js timer runs; later deadlines are looked at when the append is written. */
const TIMER_MILLISECONDS_MAX = 2_147_483_647;

interface IncompleteAppend {
  readonly correlationId: Buffer;
  readonly assembly: AppendAssembly;
  timer?: NodeJS.Timeout;
}

/**
 * One client's stream of appends: any number in flight, each answered exactly once by its correlation
 * id, in whatever order they become durable.
 */
export class BatchAppendCall {
  readonly #call: ServerDuplexStream<BatchAppendMessage, Buffer>;
  readonly #take: TakeAppend;
  readonly #now: () => number;
  readonly #incomplete = new Map<string, IncompleteAppend>();
  #unansweredCount = 0;
  #unansweredBytes = 0;
  #isEnded = false;

  constructor(
    call: ServerDuplexStream<BatchAppendMessage, Buffer>,
    take: TakeAppend,
    now: () => number,
  ) {
    this.#call = call;
    this.#take = take;
    this.#now = now;
    call.on('data', (message: BatchAppendMessage) => this.#receive(message));
    call.once('end', () => this.#endWhenAnswered());
    for (const end of ['cancelled', 'close', 'error']) call.once(end, () => this.#forget());
  }

  #receive(message: BatchAppendMessage): void {
    const key = message.correlationId.toString('latin1');
    const append = this.#incomplete.get(key) ?? this.#begin(message);
    if (append === undefined) return;
    this.#add(append, message);
    if (!message.isFinal) {
      this.#keep(key, append);
      return;
    }
    clearTimeout(append.timer);
    this.#incomplete.delete(key);
    if (append.assembly.refusal === undefined) void this.#append(append);
  }

  #begin({ correlationId, options }: BatchAppendMessage): IncompleteAppend | undefined {
    if (options === undefined) {
      failCall(this.#call, status.INVALID_ARGUMENT, 'an append begins without its options');
      return undefined;
    }
    const append = { correlationId, assembly: new AppendAssembly(options) };
    const { refusal } = append.assembly;
    if (refusal !== undefined) this.#answer(append, refusal);
    else if (options.deadline !== undefined && options.deadline <= this.#now())
      this.#expire(append);
    return append;
  }

  #add({ correlationId, assembly }: IncompleteAppend, message: BatchAppendMessage): void {
    if (assembly.refusal !== undefined) return;
    assembly.add(message);
    if (assembly.refusal !== undefined) this.#answer({ correlationId, assembly }, assembly.refusal);
  }

  /** Waits for the rest of an append; also of a refused one, whose rest must not look like a new one. */
  #keep(key: string, append: IncompleteAppend): void {
    if (!this.#incomplete.has(key)) {
      this.#incomplete.set(key, append);
      this.#expireAtDeadline(append);
    }
    let bytes = 0;
    for (const { assembly } of this.#incomplete.values()) bytes += assembly.totalBytes;
    if (this.#incomplete.size > INCOMPLETE_APPENDS_MAX || bytes > INCOMPLETE_BYTES_MAX) {
      failCall(
        this.#call,
        status.RESOURCE_EXHAUSTED,
        `${this.#incomplete.size} appends of ${bytes} bytes were begun and not finished`,
      );
    }
  }

  #expireAtDeadline(append: IncompleteAppend): void {
    const { deadline } = append.assembly.options;
    if (deadline === undefined || append.assembly.refusal !== undefined) return;
    const milliseconds = Math.min(Math.max(0, deadline - this.#now()), TIMER_MILLISECONDS_MAX);
    append.timer = setTimeout(() => {
      if (append.assembly.refusal === undefined) this.#expire(append);
    }, milliseconds);
  }

  #expire(append: IncompleteAppend): void {
    append.assembly.refuse({ outcome: 'deadline_exceeded' });
    this.#answer(append, { outcome: 'deadline_exceeded' });
  }

  async #append(append: IncompleteAppend): Promise<void> {
    const bytes = append.assembly.totalBytes;
    this.#unansweredCount += 1;
    this.#unansweredBytes += bytes;
    if (this.#unansweredBytes > UNANSWERED_BYTES_MAX) this.#call.pause();
    try {
      this.#answer(append, await this.#take(append.assembly.request));
    } catch (error) {
      // Whether it was written is not known, and only the stream's failure says so to the client.
      failCall(
        this.#call,
        status.UNAVAILABLE,
        error instanceof Error ? error.message : String(error),
      );
    }
    this.#unansweredCount -= 1;
    this.#unansweredBytes -= bytes;
    if (this.#unansweredBytes <= UNANSWERED_BYTES_MAX) this.#call.resume();
    if (this.#isEnded) this.#endWhenAnswered();
  }

  #answer({ correlationId, assembly }: IncompleteAppend, outcome: AppendOutcome): void {
    if (this.#call.cancelled || this.#call.writableEnded) return;
    this.#call.write(encodeBatchAppendAnswer(correlationId, assembly.options.stream, outcome));
  }

  #endWhenAnswered(): void {
    this.#isEnded = true;
    if (this.#unansweredCount === 0 && !this.#call.writableEnded) this.#call.end();
  }

  #forget(): void {
    for (const { timer } of this.#incomplete.values()) clearTimeout(timer);
    this.#incomplete.clear();
  }
}
