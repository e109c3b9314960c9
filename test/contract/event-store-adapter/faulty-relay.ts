import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID.js';
import { Timeout, UUID, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js';
import { Code } from '@eventstore/db-client/generated/code_pb.js';
import { Status } from '@eventstore/db-client/generated/status_pb.js';
import {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import { randomUUID } from 'node:crypto';

/** What becomes of one append on its way through the relay. */
export type AppendFate =
  | 'answered'
  /** It never reaches the node, and nobody says so. */
  | 'lost_before'
  /** It is written and its answer is lost. */
  | 'lost_after'
  /** It is written and answered twice, and an answer that belongs to nothing comes as well. */
  | 'answered_twice'
  /** It is written, and the node says that it ran out of time. */
  | 'timed_out'
  /** It is written, and the node says that the stream stood elsewhere, as if it forgot the ids. */
  | 'denied'
  /** It is written, and the answer does not say where. */
  | 'answered_without_position'
  /** It is written, and the stream all appends share fails. */
  | 'stream_failed'
  /** It is written, and the stream all appends share ends without an error. */
  | 'stream_ended'
  /** It is written, and nothing comes on the stream all appends share from then on. */
  | 'stream_silent';

export interface RelayFaults {
  fateOfAppend: (firstEventId: string) => AppendFate;
  /** Whether the node never says that a subscription has caught up, as before release 23.10. */
  isSilentAboutCatchUp: boolean;
}

const streams = '/event_store.client.streams.Streams';
const features = '/event_store.client.server_features.ServerFeatures/GetSupportedMethods';
const asItIs = (bytes: Buffer): Buffer => bytes;
const bytesThrough = {
  requestSerialize: asItIs,
  requestDeserialize: asItIs,
  responseSerialize: asItIs,
  responseDeserialize: asItIs,
};

/** Stands between the adapter and a real node, and does what networks and loaded nodes do. */
export class FaultyRelay {
  private readonly server = new Server({ 'grpc.max_receive_message_length': 17 * 1_048_576 });
  private readonly node: Client;
  private port = 0;

  private constructor(
    nodePort: number,
    private readonly faults: RelayFaults,
  ) {
    this.node = new Client(`127.0.0.1:${nodePort}`, credentials.createInsecure());
    const unary = { ...bytesThrough, requestStream: false, responseStream: false };
    const serverStream = { ...bytesThrough, requestStream: false, responseStream: true };
    const bothStream = { ...bytesThrough, requestStream: true, responseStream: true };
    this.server.addService(
      {
        features: { ...unary, path: features },
        read: { ...serverStream, path: `${streams}/Read` },
        batchAppend: { ...bothStream, path: `${streams}/BatchAppend` },
      },
      {
        features: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
          this.node.makeUnaryRequest(features, asItIs, asItIs, call.request, answer);
        },
        read: (call: ServerWritableStream<Buffer, Buffer>) => this.read(call),
        batchAppend: (call: ServerDuplexStream<Buffer, Buffer>) => this.batchAppend(call),
      },
    );
  }

  static async start(nodePort: number, faults: Partial<RelayFaults>): Promise<FaultyRelay> {
    const relay = new FaultyRelay(nodePort, {
      fateOfAppend: () => 'answered',
      isSilentAboutCatchUp: false,
      ...faults,
    });
    relay.port = await new Promise<number>((resolve, reject) => {
      relay.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    return relay;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  stop(): void {
    this.server.forceShutdown();
    this.node.close();
  }

  private batchAppend(call: ServerDuplexStream<Buffer, Buffer>): void {
    const fates = new Map<string, AppendFate>();
    const toNode = this.node.makeBidiStreamRequest(`${streams}/BatchAppend`, asItIs, asItIs);
    call.on('data', (request: Buffer) => {
      const message = BatchAppendReq.deserializeBinary(request);
      const id = idOf(message);
      const firstEventId = parseUUID(message.getProposedMessagesList()[0]?.getId()) ?? '';
      const fate = fates.get(id) ?? this.faults.fateOfAppend(firstEventId);
      fates.set(id, fate);
      if (fate !== 'lost_before') toNode.write(request);
    });
    let isOver = false;
    toNode.on('data', (bytes: Buffer) => {
      if (isOver) return;
      const answer = BatchAppendResp.deserializeBinary(bytes);
      const fate = fates.get(idOf(answer));
      if (fate === 'lost_after') return;
      isOver = fate === 'stream_ended' || fate === 'stream_failed' || fate === 'stream_silent';
      if (fate === 'stream_silent') return;
      if (fate === 'stream_ended') call.end();
      else if (fate === 'stream_failed') fail(call, status.UNAVAILABLE, 'the node is gone');
      else if (fate === 'timed_out') call.write(timeoutFor(answer));
      else if (fate === 'denied') call.write(conflictFor(answer));
      else if (fate === 'answered_without_position') call.write(withoutPosition(answer));
      else call.write(bytes);
      if (fate === 'answered_twice') {
        call.write(bytes);
        call.write(strangeAnswer(answer));
      }
    });
    toNode.on('error', (error) => fail(call, status.UNAVAILABLE, error.message));
    call.on('cancelled', () => toNode.cancel());
    call.on('end', () => toNode.end());
    call.on('error', () => undefined);
  }

  private read(call: ServerWritableStream<Buffer, Buffer>): void {
    const isSubscription = ReadReq.deserializeBinary(call.request).getOptions()?.hasSubscription();
    const fromNode = this.node.makeServerStreamRequest(
      `${streams}/Read`,
      asItIs,
      asItIs,
      call.request,
      new Metadata(),
    );
    fromNode.on('data', (bytes: Buffer) => {
      const isLeftOut =
        isSubscription &&
        this.faults.isSilentAboutCatchUp &&
        ReadResp.deserializeBinary(bytes).hasCaughtUp();
      if (isLeftOut) return;
      if (!call.write(bytes)) {
        fromNode.pause();
        call.once('drain', () => fromNode.resume());
      }
    });
    fromNode.on('end', () => call.end());
    fromNode.on('error', (error: Error & { code?: status; metadata?: Metadata }) => {
      call.emit('error', { code: error.code, details: error.message, metadata: error.metadata });
    });
    call.on('cancelled', () => fromNode.cancel());
    call.on('error', () => undefined);
  }
}

function idOf(message: BatchAppendReq | BatchAppendResp): string {
  return parseUUID(message.getCorrelationId()) ?? '';
}

function timeoutFor(answer: BatchAppendResp): Buffer {
  return errorFor(answer, Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout().serializeBinary());
}

function conflictFor(answer: BatchAppendResp): Buffer {
  const conflict = new WrongExpectedVersion();
  conflict.setCurrentStreamRevision(answer.getSuccess()?.getCurrentRevision() ?? '0');
  conflict.setExpectedNoStream(new empty.Empty());
  return errorFor(
    answer,
    Code.FAILED_PRECONDITION,
    'WrongExpectedVersion',
    conflict.serializeBinary(),
  );
}

function errorFor(answer: BatchAppendResp, code: Code, name: string, details: Uint8Array): Buffer {
  const packed = new any.Any();
  packed.pack(details, `event_store.client.${name}`);
  const error = new Status();
  error.setCode(code);
  error.setMessage(name);
  error.setDetails(packed);
  const failed = new BatchAppendResp();
  failed.setCorrelationId(answer.getCorrelationId());
  failed.setStreamIdentifier(answer.getStreamIdentifier());
  failed.setError(error);
  return Buffer.from(failed.serializeBinary());
}

function withoutPosition(answer: BatchAppendResp): Buffer {
  answer.getSuccess()?.setNoPosition(new empty.Empty());
  return Buffer.from(answer.serializeBinary());
}

/** An answer to an append that nobody sent. */
function strangeAnswer(answer: BatchAppendResp): Buffer {
  const id = new UUID();
  id.setString(randomUUID());
  const strange = answer.cloneMessage();
  strange.setCorrelationId(id);
  return Buffer.from(strange.serializeBinary());
}

function fail(
  call: { emit(event: 'error', error: unknown): boolean },
  code: status,
  details: string,
): void {
  call.emit('error', { code, details });
}
