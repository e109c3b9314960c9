import type { Page } from '../../http/requests/page.js';
import type { DaybookClient } from '../api-client.js';
import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** What every list takes. */
export interface ListOptions extends ReadOptions {
  readonly limit: number;
}

/** Reads the first rows of a list and prints them, and says where there are more. */
export function runList<Row>(
  context: CommandContext,
  options: ListOptions,
  read: (client: DaybookClient) => Promise<Page<Row>>,
  view: (rows: readonly Row[]) => readonly string[],
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const page = await read(client);
    printAnswer(context.terminal, options, page, () => [
      ...view(page.items),
      ...moreLines(page.next),
    ]);
    return exitCodes.done;
  });
}

/** What a list says that does not hold all rows. */
export function moreLines(next: string | null): readonly string[] {
  return next === null ? [] : ['There are more: raise --limit.'];
}

/** A switch as a parameter of an address. */
export function flagText(isSet: boolean | undefined): string | undefined {
  return isSet === true ? 'true' : undefined;
}
