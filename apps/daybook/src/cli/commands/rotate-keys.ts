import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { formatCount } from '../views/table.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** `daybook keys rotate` */
export async function runRotateKeys(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const rotation = await client.operations.rotateKeys();
    printAnswer(context.terminal, options, rotation, () => [
      `Keys wrapped anew: ${formatCount(rotation.rewrapped)}. All are wrapped by the key-encryption key of generation ${rotation.generation}${rotation.resumed ? ', in a rotation that had been broken off' : ''}.`,
      'The former key was removed from the key file: what it wrapped in older backups opens never again.',
      'Back up now, the key file on its own: daybook backup',
    ]);
    return exitCodes.done;
  });
}
