import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { credentials } from '@grpc/grpc-js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';

/** One message of an append, as the protocol has it. */
export interface AppendMessage {
  readonly correlation: string;
  /** In the first message of an append alone. */
  readonly stream?: string;
  readonly deadline?: Date;
  /** The types of the events it brings. */
  readonly types: readonly string[];
  readonly isFinal: boolean;
}

/** A stream of appends spoken by hand, for what the client does not let one say or see. */
export interface AppendStream {
  /** `<correlation> ok <revision>` or `<correlation> <reason>`, as the answers come. */
  readonly answers: readonly string[];
  send(message: AppendMessage): void;
  /** Says that nothing follows; resolves to all answers when the node has ended the stream too. */
  end(): Promise<readonly string[]>;
}

export function openAppendStream(connectionString: string): AppendStream {
  const address = new URL(connectionString.replace('esdb:', 'http:')).host;
  const client = new services.StreamsClient(address, credentials.createInsecure());
  const call = client.batchAppend();
  const answers: string[] = [];
  call.on('data', (answer: streams.BatchAppendResp) => answers.push(describeAnswer(answer)));
  const ended = new Promise<readonly string[]>((resolve, reject) => {
    call.on('error', reject);
    call.on('end', () => resolve(answers));
  });
  return {
    answers,
    send: (message) => call.write(toRequest(message)),
    end: async () => {
      call.end();
      try {
        return await ended;
      } finally {
        client.close();
      }
    },
  };
}

function describeAnswer(answer: streams.BatchAppendResp): string {
  const correlation = answer.getCorrelationId()!.getString();
  const revision = answer.getSuccess()?.getCurrentRevision();
  const reason = answer.getError()?.getDetails()?.getTypeName().split('.').at(-1);
  return `${correlation} ${reason ?? `ok ${revision}`}`;
}

function toRequest(message: AppendMessage): streams.BatchAppendReq {
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(new shared.UUID().setString(message.correlation));
  if (message.stream !== undefined) {
    const options = new streams.BatchAppendReq.Options();
    const name = Buffer.from(message.stream);
    options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(name));
    options.setAny(new shared.Empty());
    if (message.deadline !== undefined) {
      options.setDeadline(timestamps.Timestamp.fromDate(message.deadline));
    }
    request.setOptions(options);
  }
  for (const type of message.types) {
    const event = new streams.BatchAppendReq.ProposedMessage();
    event.setId(new shared.UUID().setString(randomUUID()));
    event.getMetadataMap().set('type', type).set('content-type', 'application/octet-stream');
    request.addProposedMessages(event);
  }
  return request.setIsFinal(message.isFinal);
}
