import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import {
  decodeAppendMessage,
  decodeBatchAppendMessage,
  decodeRemovalRequest,
  type AppendMessage,
  type AppendOptions,
  type BatchAppendMessage,
} from '../wire/append-messages.js';
import { decodeReadRequest, type ReadRequest } from '../wire/read-request.js';

/*
 * The services of EventStoreDB's public protocol that this node offers, with codecs of its own: requests
 * arrive decoded, answers leave as the bytes they were encoded to.
 */

export const STREAMS_SERVICE = 'event_store.client.streams.Streams';
export const SERVER_FEATURES_SERVICE = 'event_store.client.server_features.ServerFeatures';

const asIs = (bytes: Buffer): Buffer => bytes;

/** The side of the codec that only a client would use. */
function unusedByServer(): never {
  throw new Error('a node sends no requests and receives no answers');
}

export interface MethodShape<Request> {
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly decode: (bytes: Buffer) => Request;
}

export function method<Request>(
  service: string,
  name: string,
  shape: MethodShape<Request>,
): MethodDefinition<Request, Buffer> {
  return {
    path: `/${service}/${name}`,
    requestStream: shape.requestStream,
    responseStream: shape.responseStream,
    requestSerialize: unusedByServer,
    requestDeserialize: shape.decode,
    responseSerialize: asIs,
    responseDeserialize: unusedByServer,
  };
}

const unary = { requestStream: false, responseStream: false, decode: asIs };

const read: MethodShape<ReadRequest> = {
  requestStream: false,
  responseStream: true,
  decode: decodeReadRequest,
};
const append: MethodShape<AppendMessage> = {
  requestStream: true,
  responseStream: false,
  decode: decodeAppendMessage,
};
const batchAppend: MethodShape<BatchAppendMessage> = {
  requestStream: true,
  responseStream: true,
  decode: decodeBatchAppendMessage,
};

const removal: MethodShape<AppendOptions> = {
  requestStream: false,
  responseStream: false,
  decode: decodeRemovalRequest,
};

export const streamsDefinition: ServiceDefinition = {
  read: method(STREAMS_SERVICE, 'Read', read),
  append: method(STREAMS_SERVICE, 'Append', append),
  batchAppend: method(STREAMS_SERVICE, 'BatchAppend', batchAppend),
  delete: method(STREAMS_SERVICE, 'Delete', removal),
  tombstone: method(STREAMS_SERVICE, 'Tombstone', removal),
};

export const serverFeaturesDefinition: ServiceDefinition = {
  getSupportedMethods: method(SERVER_FEATURES_SERVICE, 'GetSupportedMethods', unary),
};
