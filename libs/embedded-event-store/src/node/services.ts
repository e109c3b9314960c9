import {
  status,
  type sendUnaryData,
  type Server,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { EventLog } from '../store/event-log.js';
import type { AppendMessage, BatchAppendMessage } from '../wire/append-messages.js';
import { encodeMessage } from '../wire/encode-message.js';
import type { ReadRequest } from '../wire/read-request.js';
import { serveAppend } from './append-call.js';
import { BatchAppendCall } from './batch-append-call.js';
import { errorResponse, type OpenCalls } from './open-calls.js';
import { serveRead } from './read-call.js';
import {
  serverFeaturesDefinition,
  STREAMS_SERVICE,
  streamsDefinition,
} from './service-definitions.js';

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

/** Adds what this node offers to a server. Every other call is answered UNIMPLEMENTED. */
export function addServices(
  server: Server,
  node: { readonly log: EventLog; readonly openCalls: OpenCalls; readonly now: () => number },
): void {
  const { log, openCalls, now } = node;
  const supportedMethods = encodeSupportedMethods();
  server.addService(serverFeaturesDefinition, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<Buffer>) => {
      answer(null, supportedMethods);
    },
  });
  server.addService(streamsDefinition, {
    read: (call: ServerWritableStream<ReadRequest, Buffer>) => {
      openCalls.add(call);
      void serveRead(call, log);
    },
    append: (call: ServerReadableStream<AppendMessage, Buffer>, answer: sendUnaryData<Buffer>) =>
      void serveAppend(call, log, answer),
    batchAppend: (call: ServerDuplexStream<BatchAppendMessage, Buffer>) => {
      openCalls.add(call);
      void new BatchAppendCall(call, log, now);
    },
    delete: refuseToDelete,
    tombstone: refuseToDelete,
  });
}

function refuseToDelete(_call: unknown, answer: sendUnaryData<Buffer>): void {
  answer(
    errorResponse(
      status.UNIMPLEMENTED,
      'the embedded event store keeps every event: streams are not deleted',
    ),
  );
}
