import { status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import type { AppendOutcome } from '../store/append-request.js';
import { encodeAppendAnswer } from '../wire/append-answers.js';
import type { AppendMessage } from '../wire/append-messages.js';
import { AppendAssembly } from './append-assembly.js';
import { errorResponse } from './open-calls.js';
import { refusalOf } from './refusals.js';
import type { TakeAppend } from './take-append.js';

/** Answers one `Append` call: the options, then a message for each event, then one answer. */
export async function serveAppend(
  call: ServerReadableStream<AppendMessage, Buffer>,
  take: TakeAppend,
  answer: sendUnaryData<Buffer>,
): Promise<void> {
  try {
    const assembly = await assemble(call);
    if (assembly === undefined) {
      answer(errorResponse(status.INVALID_ARGUMENT, 'an append begins without its options'));
      return;
    }
    const outcome = assembly.refusal ?? (await take(assembly.request));
    answerWith(answer, assembly.options.stream, outcome);
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

function answerWith(answer: sendUnaryData<Buffer>, stream: string, outcome: AppendOutcome): void {
  if (outcome.outcome === 'appended' || outcome.outcome === 'wrong_expected_revision') {
    answer(null, encodeAppendAnswer(outcome));
  } else {
    answer(refusalOf(stream, outcome));
  }
}
