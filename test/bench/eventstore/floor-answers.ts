import { randomUUID } from 'node:crypto';
import featuresMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import { benchEventData, benchEventType, contentType } from './bench-event.js';

/* What the floor's node answers, encoded once by the client's own codec. */

const { ReadResp, BatchAppendResp } = messages;

function bytesOf(message: { serializeBinary(): Uint8Array }): Buffer {
  return Buffer.from(message.serializeBinary());
}

function streamIdentifier(name: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name));
  return identifier;
}

/** Everything of an append's success but the correlation id. */
export const echoSuffix = ((): Buffer => {
  const position = new shared.AllStreamPosition();
  position.setCommitPosition('1000000').setPreparePosition('1000000');
  const success = new BatchAppendResp.Success();
  success.setCurrentRevision('0').setPosition(position);
  return bytesOf(
    new BatchAppendResp().setSuccess(success).setStreamIdentifier(streamIdentifier('bench-0')),
  );
})();

export function supportedMethodsAnswer(): Buffer {
  const batchAppend = new featuresMessages.SupportedMethod();
  batchAppend.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
  const methods = new featuresMessages.SupportedMethods();
  methods.setEventStoreServerVersion('floor').addMethods(batchAppend);
  return bytesOf(methods);
}

export function confirmationAnswer(): Buffer {
  const confirmation = new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
  return bytesOf(new ReadResp().setConfirmation(confirmation));
}

export function caughtUpAnswer(): Buffer {
  return bytesOf(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
}

export function checkpointAnswer(position: number): Buffer {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(`${position}`).setPreparePosition(`${position}`);
  return bytesOf(new ReadResp().setCheckpoint(checkpoint));
}

/** Events like those the bench appends, each the answer to a read. */
export function eventAnswers(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => eventAnswer(index));
}

function eventAnswer(index: number): Buffer {
  const position = String((index + 1) * 600);
  const event = new ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(randomUUID()));
  event.setStreamIdentifier(streamIdentifier(`bench-${index}`)).setStreamRevision(`${index}`);
  event.setCommitPosition(position).setPreparePosition(position);
  event.getMetadataMap().set('type', benchEventType).set('content-type', contentType);
  event.getMetadataMap().set('created', '17000000001230000');
  event.setData(Buffer.from(JSON.stringify(benchEventData(index))));
  const readEvent = new ReadResp.ReadEvent().setEvent(event).setCommitPosition(position);
  return bytesOf(new ReadResp().setEvent(readEvent));
}
