import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { describe, expect, it } from 'vitest';
import type { ExpectedRevision } from '../store/append-request.js';
import { formatUuid, parseUuid } from '../store/event-id.js';
import { encodeBatchAppendAnswer } from './append-answers.js';
import { decodeBatchAppendMessage } from './append-messages.js';
import { encodeEvent } from './read-answers.js';
import {
  readRecordedEventSummary,
  recordedEventLengthMax,
  writeRecordedEvent,
} from './recorded-event.js';
import { WireReader } from './wire-reader.js';
import { WireWriter } from './wire-writer.js';

/* The client's own codec, made from the protocol's definition, is the judge of this one. */

const content = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const position = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
const proposedEvent = fc.record({
  id: fc.uuid().map((id) => parseUuid(id)!),
  type: text,
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  metadata: content,
  data: content,
});
const expectedRevision: fc.Arbitrary<ExpectedRevision> = fc.oneof(
  fc.constantFrom('any' as const, 'no_stream' as const, 'stream_exists' as const),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

describe('a recorded event', () => {
  it('is read by the client as it was written, and by the index', () => {
    fc.assert(
      fc.property(proposedEvent, text, position, position, (event, stream, revision, at) => {
        const streamName = Buffer.from(stream);
        const lengthMax = recordedEventLengthMax(event, streamName.length);
        const writer = new WireWriter(Buffer.alloc(lengthMax));
        const created = 1_700_000_000_123;
        writeRecordedEvent(writer, event, { streamName, revision, position: at, created });
        expect(writer.offset).toBeLessThanOrEqual(lengthMax);
        const record = writer.bytes.subarray(0, writer.offset);

        const answer = streams.ReadResp.deserializeBinary(encodeEvent(record, at)).getEvent()!;
        const read = answer.getEvent()!;
        expect(answer.getCommitPosition()).toBe(String(at));
        expect(read.getId()!.getString()).toBe(formatUuid(event.id));
        expect(Buffer.from(read.getStreamIdentifier()!.getStreamName_asU8())).toEqual(streamName);
        expect(read.getStreamRevision()).toBe(String(revision));
        expect([read.getCommitPosition(), read.getPreparePosition()]).toEqual([`${at}`, `${at}`]);
        expect(read.getMetadataMap().toArray()).toEqual([
          ['content-type', event.contentType],
          ['created', '17000000001230000'],
          ['type', event.type],
        ]);
        expect(Buffer.from(read.getCustomMetadata_asU8())).toEqual(event.metadata);
        expect(Buffer.from(read.getData_asU8())).toEqual(event.data);

        const { id, type } = event;
        const summary = { id, stream, type, revision, position: at };
        expect(readRecordedEventSummary(record)).toEqual(summary);
      }),
    );
  });
});

function clientRequest(
  stream: string,
  expected: ExpectedRevision,
  events: readonly {
    id: Buffer;
    type: string;
    contentType: string;
    metadata: Buffer;
    data: Buffer;
  }[],
): streams.BatchAppendReq {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)));
  options.setDeadline(timestamps.Timestamp.fromDate(new Date(1_700_000_000_123)));
  if (expected === 'any') options.setAny(new shared.Empty());
  else if (expected === 'no_stream') options.setNoStream(new shared.Empty());
  else if (expected === 'stream_exists') options.setStreamExists(new shared.Empty());
  else options.setStreamPosition(expected.toString());
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(new shared.UUID().setString(randomUUID()));
  request.setOptions(options).setIsFinal(true);
  for (const event of events) {
    const message = new streams.BatchAppendReq.ProposedMessage();
    message.setId(new shared.UUID().setString(formatUuid(event.id)));
    message.getMetadataMap().set('type', event.type).set('content-type', event.contentType);
    message.setCustomMetadata(event.metadata).setData(event.data);
    request.addProposedMessages(message);
  }
  return request;
}

describe('a batch append', () => {
  it('is understood as the client meant it', () => {
    fc.assert(
      fc.property(
        text,
        expectedRevision,
        fc.array(proposedEvent, { maxLength: 4 }),
        (stream, expected, events) => {
          const request = clientRequest(stream, expected, events);
          const decoded = decodeBatchAppendMessage(Buffer.from(request.serializeBinary()));
          const correlationId = Buffer.from(request.getCorrelationId()!.serializeBinary());
          expect(decoded).toEqual({
            correlationId,
            isFinal: true,
            options: { stream, expectedRevision: expected, deadline: 1_700_000_000_123 },
            events,
          });
        },
      ),
    );
  });
});

describe('an answer to a batch append', () => {
  const correlationId = new shared.UUID().setString(randomUUID());
  const correlationIdBytes = Buffer.from(correlationId.serializeBinary());

  it('is read by the client as it was meant, in a success', () => {
    fc.assert(
      fc.property(text, position, position, (stream, revision, at) => {
        const outcome = { outcome: 'appended', revision, position: at } as const;
        const bytes = encodeBatchAppendAnswer(correlationIdBytes, stream, outcome);
        const answer = streams.BatchAppendResp.deserializeBinary(bytes);
        const success = answer.getSuccess()!;
        expect(answer.getCorrelationId()!.getString()).toBe(correlationId.getString());
        expect(Buffer.from(answer.getStreamIdentifier()!.getStreamName_asU8())).toEqual(
          Buffer.from(stream),
        );
        expect(success.getCurrentRevision()).toBe(String(revision));
        expect(success.getPosition()!.getCommitPosition()).toBe(String(at));
      }),
    );
  });

  it('names the expected revision in a refusal, however large it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), position, (expected, actual) => {
        const outcome = { outcome: 'wrong_expected_revision', expected, actual } as const;
        const bytes = encodeBatchAppendAnswer(correlationIdBytes, 'a', outcome);
        const details = streams.BatchAppendResp.deserializeBinary(bytes).getError()!.getDetails()!;
        const reason = shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8());
        expect(reason.getExpectedStreamPosition()).toBe(String(expected));
        expect(reason.getCurrentStreamRevision()).toBe(String(actual));
      }),
    );
  });
});

describe('the wire reader', () => {
  it('never reads beyond the message, whatever bytes it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const reader = new WireReader(Buffer.from(bytes));
        try {
          while (reader.nextField()) reader.skip();
        } catch (error) {
          expect(error).toMatchObject({ name: 'MalformedMessageError' });
        }
      }),
    );
  });
});
