import {
  type sendUnaryData,
  type Server,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { EventLog } from '../store/event-log.js';
import type { ProtectedStreams } from '../store/protected-streams.js';
import type { AppendMessage, AppendOptions, BatchAppendMessage } from '../wire/append-messages.js';
import { encodeMessage } from '../wire/encode-message.js';
import type { ReadRequest } from '../wire/read-request.js';
import { serveAppend } from './append-call.js';
import type { Authentication } from './authentication.js';
import { BatchAppendCall } from './batch-append-call.js';
import type { OpenCalls } from './open-calls.js';
import { addOutOfScopeServices } from './out-of-scope.js';
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
  readonly authenticate: Authentication;
  readonly openCalls: OpenCalls;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

type Answer = sendUnaryData<Buffer>;

/** Adds what this node offers to a server. Every other call is answered UNIMPLEMENTED. */
export function addServices(server: Server, parts: NodeParts): void {
  const supportedMethods = encodeSupportedMethods();
  server.addService(serverFeaturesDefinition, {
    getSupportedMethods: (_call: unknown, answer: Answer) => answer(null, supportedMethods),
  });
  server.addService(streamsDefinition, streamsHandlers(parts));
  addOutOfScopeServices(server);
}

function streamsHandlers({
  log,
  protectedStreams,
  authenticate,
  openCalls,
  now,
}: NodeParts): UntypedServiceImplementation {
  const take = takeAppend(log, protectedStreams);
  const removing =
    (removal: 'soft_delete' | 'tombstone') =>
    ({ metadata, request }: ServerUnaryCall<AppendOptions, Buffer>, answer: Answer): void => {
      const refusal = authenticate(metadata);
      if (refusal === undefined) void serveRemoval(request, removal, take, answer);
      else answer(refusal);
    };
  return {
    read: (call: ServerWritableStream<ReadRequest, Buffer>) => {
      openCalls.add(call);
      const refusal = authenticate(call.metadata);
      if (refusal === undefined) void serveRead(call, log, now);
      else call.emit('error', refusal);
    },
    append: (call: ServerReadableStream<AppendMessage, Buffer>, answer: Answer) => {
      const refusal = authenticate(call.metadata);
      if (refusal === undefined) void serveAppend(call, take, answer);
      else answer(refusal);
    },
    batchAppend: (call: ServerDuplexStream<BatchAppendMessage, Buffer>) => {
      openCalls.add(call);
      const refusal = authenticate(call.metadata);
      if (refusal === undefined) void new BatchAppendCall(call, take, now);
      else call.emit('error', refusal);
    },
    delete: removing('soft_delete'),
    tombstone: removing('tombstone'),
  };
}
