import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { status, type ClientDuplexStream, type ServerDuplexStream } from '@grpc/grpc-js';
import type { AppendFault, HostilePlan } from './hostile-node-plan.js';

export type BatchAppendServerCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** One client's stream of appends, passed on to the node with the faults of a plan. */
export class HostileBatchAppend {
  readonly #call: BatchAppendServerCall;
  readonly #upstream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #plan: HostilePlan;
  /** The fault of each append that has begun and has no answer yet. */
  readonly #faults = new Map<string, AppendFault>();
  #isDropped = false;

  constructor(
    call: BatchAppendServerCall,
    upstream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>,
    plan: HostilePlan,
  ) {
    this.#call = call;
    this.#upstream = upstream;
    this.#plan = plan;
    call.on('data', (request: BatchAppendReq) => this.#receive(request));
    call.on('end', () => upstream.end());
    call.on('cancelled', () => upstream.cancel());
    upstream.on('data', (answer: BatchAppendResp) => this.#answer(answer));
    upstream.on('end', () => this.#end(() => call.end()));
    upstream.on('error', (error) => this.#end(() => call.emit('error', error)));
  }

  #receive(request: BatchAppendReq): void {
    if (this.#isDropped) return;
    if (request.hasOptions()) {
      const fault = this.#plan.nextFault();
      if (fault === 'drop_before_write') {
        this.#drop();
        return;
      }
      this.#faults.set(correlationOf(request), fault);
    }
    this.#upstream.write(request);
  }

  #answer(answer: BatchAppendResp): void {
    if (this.#isDropped) return;
    const correlation = correlationOf(answer);
    const fault = this.#faults.get(correlation);
    this.#faults.delete(correlation);
    if (fault === 'drop_after_write') {
      this.#drop();
      return;
    }
    this.#call.write(answer);
    if (fault === 'answer_twice') this.#call.write(answer);
  }

  /** Takes the other appends of the stream along, as a lost connection does. */
  #drop(): void {
    this.#end(() => {
      this.#call.emit('error', { code: status.UNAVAILABLE, details: 'the connection was lost' });
    });
    // What was passed on before is finished by the node; nobody learns of it.
    this.#upstream.end();
  }

  #end(finish: () => void): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    finish();
  }
}

function correlationOf(message: BatchAppendReq | BatchAppendResp): string {
  return message.getCorrelationId()?.getString() ?? '';
}
