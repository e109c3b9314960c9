import {
  type sendUnaryData,
  type Server,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { EventLog } from '../store/event-log.js';
import type { ProtectedStreams } from '../store/protected-streams.js';
import type { AppendMessage, AppendOptions, BatchAppendMessage } from '../wire/append-messages.js';
import { encodeMessage } from '../wire/encode-message.js';
import type { ReadRequest } from '../wire/read-request.js';
import { serveAppend } from './append-call.js';
import { BatchAppendCall } from './batch-append-call.js';
import type { OpenCalls } from './open-calls.js';
import { serveRead } from './read-call.js';
import { serveRemoval } from './removal-call.js';
import {
  serverFeaturesDefinition,
  STREAMS_SERVICE,
  streamsDefinition,
} from './service-definitions.js';
import { takeAppend } from './take-append.js';

/** What clients show as the server's version; they only choose by the methods and features below. */
const SERVER_VERSION = 'embedded';

const SUPPORTED_METHODS: readonly {
  readonly name: string;
  readonly features: readonly string[];
}[] = [
  { name: 'read', features: ['position', 'events'] },
  { name: 'append', features: [] },
  { name: 'batchappend', features: [] },
];

/** `event_store.client.server_features.SupportedMethods` */
function encodeSupportedMethods(): Buffer {
  const service = STREAMS_SERVICE.toLowerCase();
  const methods = SUPPORTED_METHODS.map(({ name, features }) =>
    encodeMessage([1, name], [2, service], ...features.map((feature) => [3, feature] as const)),
  );
  return encodeMessage(...methods.map((method) => [1, method] as const), [2, SERVER_VERSION]);
}

/** What the calls of a node work on. */
export interface NodeParts {
  readonly log: EventLog;
  readonly protectedStreams: ProtectedStreams;
  readonly openCalls: OpenCalls;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Adds what this node offers to a server. Every other call is answered UNIMPLEMENTED. */
export function addServices(server: Server, parts: NodeParts): void {
  const { log, openCalls, now } = parts;
  const take = takeAppend(log, parts.protectedStreams);
  const supportedMethods = encodeSupportedMethods();
  type Answer = sendUnaryData<Buffer>;
  type Removal = ServerUnaryCall<AppendOptions, Buffer>;
  server.addService(serverFeaturesDefinition, {
    getSupportedMethods: (_call: unknown, answer: Answer) => answer(null, supportedMethods),
  });
  server.addService(streamsDefinition, {
    read: (call: ServerWritableStream<ReadRequest, Buffer>) => {
      openCalls.add(call);
      void serveRead(call, log, now);
    },
    append: (call: ServerReadableStream<AppendMessage, Buffer>, answer: Answer) =>
      void serveAppend(call, take, answer),
    batchAppend: (call: ServerDuplexStream<BatchAppendMessage, Buffer>) => {
      openCalls.add(call);
      void new BatchAppendCall(call, take, now);
    },
    delete: ({ request }: Removal, answer: Answer) =>
      void serveRemoval(request, 'soft_delete', take, answer),
    tombstone: ({ request }: Removal, answer: Answer) =>
      void serveRemoval(request, 'tombstone', take, answer),
  });
}
