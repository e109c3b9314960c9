import type { ErasureRequest } from '../../erasure/erasures.js';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { erasureResultView } from '../views/erasure-view.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

export interface EraseOptions extends ReadOptions, Omit<ErasureRequest, 'subject'> {
  /** The id of an erasure that waits. */
  readonly complete?: string;
}

/** `daybook erase <subject>` and `daybook erase --complete <erasure>` */
export async function runErase(
  context: CommandContext,
  options: EraseOptions,
  subject: string | undefined,
): Promise<ExitCode> {
  const { complete, now = false } = options;
  if ((subject === undefined) === (complete === undefined)) {
    throw new CommandFailure(
      'Name whom to forget, or with --complete an erasure that was put off; not both.',
      exitCodes.usage,
    );
  }
  return withLedger(context, options, async (client) => {
    const result =
      complete === undefined
        ? await client.operations.requestErasure(requestOf(subject ?? '', options))
        : await client.operations.completeErasure(complete, now);
    printAnswer(context.terminal, options, result, () => erasureResultView(result));
    return exitCodes.done;
  });
}

function requestOf(subject: string, options: EraseOptions): ErasureRequest {
  const { all, deferUntil, legalBasis, now } = options;
  return {
    subject,
    ...(all === undefined ? {} : { all }),
    ...(deferUntil === undefined ? {} : { deferUntil }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(now === undefined ? {} : { now }),
  };
}
