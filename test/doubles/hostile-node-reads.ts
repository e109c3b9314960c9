import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { status, type ClientReadableStream, type ServerWritableStream } from '@grpc/grpc-js';
import type { HostilePlan } from './hostile-node-plan.js';

export type ReadServerCall = ServerWritableStream<ReadReq, ReadResp>;

/** One read or subscription, passed on no faster than it is taken, with the faults of a plan. */
export class HostileRead {
  readonly #call: ReadServerCall;
  readonly #upstream: ClientReadableStream<ReadResp>;
  readonly #plan: HostilePlan;
  #responsesLeft: number;
  #isLive = false;
  #liveEvents = 0;
  #isOver = false;

  constructor(call: ReadServerCall, upstream: ClientReadableStream<ReadResp>, plan: HostilePlan) {
    this.#call = call;
    this.#upstream = upstream;
    this.#plan = plan;
    this.#responsesLeft = plan.responsesBeforeBreak();
    call.on('drain', () => upstream.resume());
    call.on('cancelled', () => {
      this.#isOver = true;
      upstream.cancel();
    });
    upstream.on('data', (response: ReadResp) => this.#receive(response));
    upstream.on('end', () => this.#end(() => call.end()));
    upstream.on('error', (error) => this.#end(() => call.emit('error', error)));
  }

  /** Nothing more is to come of it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends it as the node ends a live subscription whose consumer is too slow; others go on. */
  abortLive(): void {
    if (!this.#isLive || this.#isOver) return;
    this.#plan.counters.abortedSubscriptions += 1;
    this.#fail(
      status.ABORTED,
      'Consumer too slow to handle event while live. Client resubscription required.',
    );
  }

  #receive(response: ReadResp): void {
    if (this.#isOver) return;
    if (this.#responsesLeft === 0) return this.#fail(status.UNAVAILABLE, 'the connection was lost');
    this.#responsesLeft -= 1;
    if (this.#isLive && response.hasEvent()) {
      this.#liveEvents += 1;
      if (this.#plan.abortsAfter(this.#liveEvents)) return this.abortLive();
    }
    if (response.hasCaughtUp()) {
      this.#isLive = true;
      if (this.#plan.isSilentAboutCatchUp) return;
    }
    if (!this.#call.write(response)) this.#upstream.pause();
  }

  #fail(code: status, details: string): void {
    this.#upstream.cancel();
    this.#end(() => this.#call.emit('error', { code, details }));
  }

  #end(finish: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    finish();
  }
}
