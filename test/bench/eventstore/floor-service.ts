import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import streamsServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { echoSuffix } from './floor-answers.js';

/* The floor's services with codecs of its own: requests arrive and answers leave as bytes. */

const asIs = (bytes: Buffer): Buffer => bytes;

function ofBytes(service: object): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      { ...(method as object), requestDeserialize: asIs, responseSerialize: asIs },
    ]),
  ) as unknown as ServiceDefinition;
}

export const serverFeatures = ofBytes(features.ServerFeaturesService);
export const streams = {
  ReadReq: streamsMessages.ReadReq,
  service: ofBytes(streamsServices.StreamsService),
};

const correlationIdTag = 0x0a;
const isFinalTag = 0x20;

/**
 * The success that answers a `BatchAppendReq`, or nothing where more of it is to come. The request
 * begins with its correlation id and ends with the mark of its last message, as the client writes it.
 */
export function echoOf(request: Buffer): Buffer | undefined {
  if (request.at(-2) !== isFinalTag || request.at(-1) !== 1) return undefined;
  const length = request[1] ?? 0;
  if (request[0] !== correlationIdTag || length > 127) {
    throw new Error('The client writes its correlation id otherwise than it used to.');
  }
  const answer = Buffer.allocUnsafe(2 + length + echoSuffix.length);
  request.copy(answer, 0, 0, 2 + length);
  echoSuffix.copy(answer, 2 + length);
  return answer;
}
