import { randomUUID } from 'node:crypto';
import type { Code } from '@eventstore/db-client/generated/code_pb.js';
import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

/* What a node makes of an answer that it does not give as it is. */

/** The node ran out of time, whatever the truth is. */
export function timeoutFor(answer: BatchAppendResp): BatchAppendResp {
  return errorFor(
    answer,
    codes.Code.DEADLINE_EXCEEDED,
    'Timeout',
    new shared.Timeout().serializeBinary(),
  );
}

/** The stream stands elsewhere: what a node says that no longer knows the ids it wrote. */
export function conflictFor(answer: BatchAppendResp): BatchAppendResp {
  const revision = answer.getSuccess()?.getCurrentRevision();
  if (revision === undefined) return answer;
  const conflict = new shared.WrongExpectedVersion();
  conflict.setCurrentStreamRevision(revision);
  conflict.setExpectedNoStream(new empty.Empty());
  const details = conflict.serializeBinary();
  return errorFor(answer, codes.Code.FAILED_PRECONDITION, 'WrongExpectedVersion', details);
}

/** It was written, and nothing is said about where. */
export function withoutPosition(answer: BatchAppendResp): BatchAppendResp {
  const altered = answer.cloneMessage();
  altered.getSuccess()?.setNoPosition(new empty.Empty());
  return altered;
}

/** An answer to an append that nobody sent. */
export function answerToNobody(answer: BatchAppendResp): BatchAppendResp {
  return answer.cloneMessage().setCorrelationId(new shared.UUID().setString(randomUUID()));
}

function errorFor(
  answer: BatchAppendResp,
  code: Code,
  name: string,
  details: Uint8Array,
): BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details, `event_store.client.${name}`);
  const error = new statuses.Status().setCode(code).setMessage(name).setDetails(packed);
  return new streams.BatchAppendResp()
    .setCorrelationId(answer.getCorrelationId())
    .setStreamIdentifier(answer.getStreamIdentifier())
    .setError(error);
}
