import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, status, type ClientDuplexStream, type ServerDuplexStream } from '@grpc/grpc-js';
import {
  answerToNobody,
  conflictFor,
  timeoutFor,
  withoutPosition,
} from './hostile-node-answers.js';
import type { AppendFault, HostilePlan } from './hostile-node-plan.js';

export type BatchAppendServerCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** What an append stream needs of the node it is part of. */
export interface HostileSurroundings {
  readonly plan: HostilePlan;
  /** An append is about to reach the node. */
  readonly onAppend: () => void;
  /** Where a client is sent that asks a node which leads no more. */
  readonly leader: { readonly host: string; readonly port: number };
}

/** One client's stream of appends, passed on to the node with the faults of a plan. */
export class HostileBatchAppend {
  readonly #call: BatchAppendServerCall;
  readonly #upstream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #surroundings: HostileSurroundings;
  /** The fault of each append that has begun and has no answer yet. */
  readonly #faults = new Map<string, AppendFault | 'none'>();
  #isMute = false;
  #isOver = false;

  constructor(
    call: BatchAppendServerCall,
    upstream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>,
    surroundings: HostileSurroundings,
  ) {
    this.#call = call;
    this.#upstream = upstream;
    this.#surroundings = surroundings;
    call.on('data', (request: BatchAppendReq) => this.#receive(request));
    call.on('end', () => upstream.end());
    call.on('cancelled', () => upstream.cancel());
    upstream.on('data', (answer: BatchAppendResp) => this.#answer(answer));
    upstream.on('end', () => this.#end(() => call.end()));
    upstream.on('error', (error) => this.#end(() => call.emit('error', error)));
  }

  #receive(request: BatchAppendReq): void {
    if (this.#isOver) return;
    const correlation = correlationOf(request);
    if (request.hasOptions()) {
      const { onAppend, plan } = this.#surroundings;
      const firstEventId = request.getProposedMessagesList()[0]?.getId()?.getString() ?? '';
      const fault = plan.nextFault(firstEventId);
      this.#faults.set(correlation, fault);
      onAppend();
      if (fault === 'drop_before_write') return this.#fail(connectionLost);
      if (fault === 'not_leader') return this.#fail(notLeader(this.#surroundings.leader));
    }
    if (this.#faults.get(correlation) !== 'lose_before_write') this.#upstream.write(request);
  }

  #answer(answer: BatchAppendResp): void {
    if (this.#isOver || this.#isMute) return;
    const correlation = correlationOf(answer);
    const fault = this.#faults.get(correlation) ?? 'none';
    this.#faults.delete(correlation);
    if (fault === 'drop_after_write') return this.#fail(connectionLost);
    if (fault === 'end_after_write') return this.#end(() => this.#call.end());
    if (fault === 'mute_after_write') this.#isMute = true;
    for (const said of saidOf(fault, answer)) this.#call.write(said);
  }

  /** Takes the other appends of the stream along, as a lost connection does. */
  #fail(error: object): void {
    this.#end(() => this.#call.emit('error', error));
    // What was passed on before is finished by the node; nobody learns of it.
    this.#upstream.end();
  }

  #end(finish: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    finish();
  }
}

/** What the client hears instead of an answer. */
function saidOf(fault: AppendFault | 'none', answer: BatchAppendResp): readonly BatchAppendResp[] {
  switch (fault) {
    case 'lose_after_write':
    case 'mute_after_write':
      return [];
    case 'time_out_after_write':
      return [timeoutFor(answer)];
    case 'time_out_then_answer':
      return [timeoutFor(answer), answer];
    case 'answer_twice':
      return [answer, answer];
    case 'answer_to_nobody':
      return [answerToNobody(answer), answer];
    case 'deny_after_write':
      return [conflictFor(answer)];
    case 'omit_position':
      return [withoutPosition(answer)];
    default:
      return [answer];
  }
}

const connectionLost = { code: status.UNAVAILABLE, details: 'the connection was lost' };

function notLeader({ host, port }: HostileSurroundings['leader']): object {
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', host);
  metadata.set('leader-endpoint-port', String(port));
  return { code: status.NOT_FOUND, details: 'this node leads no more', metadata };
}

function correlationOf(message: BatchAppendReq | BatchAppendResp): string {
  return message.getCorrelationId()?.getString() ?? '';
}
