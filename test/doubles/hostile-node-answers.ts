import { randomUUID } from 'node:crypto';
import { Code } from '@eventstore/db-client/generated/code_pb.js';
import { Timeout, UUID, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js';
import { Status } from '@eventstore/db-client/generated/status_pb.js';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

/* What a node makes of an answer that it does not give as it is. */

/** The node ran out of time, whatever the truth is. */
export function timeoutFor(answer: BatchAppendResp): BatchAppendResp {
  return errorFor(answer, Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout().serializeBinary());
}

/** The stream stands elsewhere: what a node says that no longer knows the ids it wrote. */
export function conflictFor(answer: BatchAppendResp): BatchAppendResp {
  const revision = answer.getSuccess()?.getCurrentRevision();
  if (revision === undefined) return answer;
  const conflict = new WrongExpectedVersion();
  conflict.setCurrentStreamRevision(revision);
  conflict.setExpectedNoStream(new empty.Empty());
  const details = conflict.serializeBinary();
  return errorFor(answer, Code.FAILED_PRECONDITION, 'WrongExpectedVersion', details);
}

/** It was written, and nothing is said about where. */
export function withoutPosition(answer: BatchAppendResp): BatchAppendResp {
  const altered = answer.cloneMessage();
  altered.getSuccess()?.setNoPosition(new empty.Empty());
  return altered;
}

/** An answer to an append that nobody sent. */
export function answerToNobody(answer: BatchAppendResp): BatchAppendResp {
  return answer.cloneMessage().setCorrelationId(new UUID().setString(randomUUID()));
}

function errorFor(
  answer: BatchAppendResp,
  code: Code,
  name: string,
  details: Uint8Array,
): BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details, `event_store.client.${name}`);
  const error = new Status().setCode(code).setMessage(name).setDetails(packed);
  return new BatchAppendResp()
    .setCorrelationId(answer.getCorrelationId())
    .setStreamIdentifier(answer.getStreamIdentifier())
    .setError(error);
}
