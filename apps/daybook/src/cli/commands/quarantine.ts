import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { tableLines } from '../views/table.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** `daybook quarantine list` */
export async function runQuarantine(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const page = await client.sources.quarantine();
    printAnswer(context.terminal, options, page, () =>
      page.items.length === 0
        ? ['The quarantine is empty.']
        : tableLines(
            [
              { heading: 'source' },
              { heading: 'digest' },
              { heading: 'code' },
              { heading: 'field' },
              { heading: 'times', align: 'right' },
              { heading: 'resolved' },
            ],
            page.items.map(({ source, digest, code, field, count, resolvedAt }) => [
              source,
              digest,
              code,
              field ?? '',
              String(count),
              resolvedAt ?? '',
            ]),
          ),
    );
    return exitCodes.done;
  });
}

/** `daybook quarantine resolve <source> <digest>` */
export async function runResolveQuarantined(
  context: CommandContext,
  { source, digest }: { readonly source: string; readonly digest: string },
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const entry = await client.sources.resolveQuarantined(source, digest);
    printAnswer(context.terminal, options, entry, () => [`Resolved since ${entry.resolvedAt}.`]);
    return exitCodes.done;
  });
}
