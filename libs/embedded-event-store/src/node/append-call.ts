import { status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import type { AppendOutcome } from '../store/append-request.js';
import type { EventLog } from '../store/event-log.js';
import { encodeAppendAnswer } from '../wire/append-answers.js';
import type { AppendMessage } from '../wire/append-messages.js';
import { AppendAssembly } from './append-assembly.js';
import { errorResponse } from './open-calls.js';

/** Answers one `Append` call: the options, then a message for each event, then one answer. */
export async function serveAppend(
  call: ServerReadableStream<AppendMessage, Buffer>,
  log: EventLog,
  answer: sendUnaryData<Buffer>,
): Promise<void> {
  try {
    const assembly = await assemble(call);
    if (assembly === undefined) {
      answer(errorResponse(status.INVALID_ARGUMENT, 'an append begins without its options'));
      return;
    }
    answerWith(answer, assembly.refusal ?? (await log.append(assembly.request)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer(errorResponse(status.UNAVAILABLE, reason));
  }
}

async function assemble(
  call: ServerReadableStream<AppendMessage, Buffer>,
): Promise<AppendAssembly | undefined> {
  let assembly: AppendAssembly | undefined;
  for await (const message of call as AsyncIterable<AppendMessage>) {
    if (message.kind === 'options') assembly = new AppendAssembly(message.options);
    else if (message.kind === 'problem') assembly?.add({ events: [], problem: message.problem });
    else assembly?.add({ events: [message.event] });
  }
  return assembly;
}

function answerWith(answer: sendUnaryData<Buffer>, outcome: AppendOutcome): void {
  switch (outcome.outcome) {
    case 'appended':
    case 'wrong_expected_revision':
      answer(null, encodeAppendAnswer(outcome));
      return;
    case 'too_large':
      answer(
        errorResponse(status.INVALID_ARGUMENT, `an append may have ${outcome.bytesMax} bytes`, {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': String(outcome.bytesMax),
        }),
      );
      return;
    case 'deadline_exceeded':
      answer(errorResponse(status.DEADLINE_EXCEEDED, 'the deadline of the append has passed'));
      return;
    case 'bad_request':
      answer(errorResponse(status.INVALID_ARGUMENT, outcome.message));
  }
}
