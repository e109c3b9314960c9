import type { AuthorityView } from '../../http/sources/list-authority.query.js';
import { commandLineAccount } from '../api/decision-calls.js';
import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { tableLines } from '../views/table.js';
import { withDaybook, withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

export interface SetAuthorityOptions extends ReadOptions {
  readonly rank: number;
  readonly validFrom: string;
  readonly legalEntity?: string;
  readonly channel?: string;
}

/** `daybook authority list` */
export async function runAuthorityList(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const answer = await client.sources.authority();
    printAnswer(context.terminal, options, answer, () => authorityLines(answer.rules));
    return exitCodes.done;
  });
}

/** `daybook authority set <type> <account>` */
export async function runAuthoritySet(
  context: CommandContext,
  report: { readonly eventType: string; readonly account: string },
  options: SetAuthorityOptions,
): Promise<ExitCode> {
  const { rank, validFrom, legalEntity, channel } = options;
  return withDaybook(context, options, async (client) => {
    const rule = {
      ...report,
      rank,
      validFrom,
      ...(legalEntity === undefined ? {} : { legalEntity }),
      ...(channel === undefined ? {} : { channel }),
    };
    const answer = await client.decisions.ask('/v1/authority', rule, {
      client: commandLineAccount,
    });
    printAnswer(context.terminal, options, answer, () => [
      `Recorded as ${answer.eventId}.`,
      'What is read is derived by it after "daybook projection rebuild": compare the builds with "daybook projection diff", then switch.',
    ]);
    return exitCodes.done;
  });
}

const standings: Readonly<Record<AuthorityView['standing'], string>> = {
  in_force: 'in force',
  waits_for_rebuild: 'waits for a rebuild',
  ends_with_rebuild: 'ends with the next rebuild',
};

function authorityLines(rules: readonly AuthorityView[]): readonly string[] {
  if (rules.length === 0) {
    return ['No rules: the account that issued the id of a thing is the authority on it.'];
  }
  return tableLines(
    [
      { heading: 'event' },
      { heading: 'account' },
      { heading: 'rank', align: 'right' },
      { heading: 'valid from' },
      { heading: 'legal entity' },
      { heading: 'channel' },
      { heading: 'set by' },
      { heading: 'standing' },
    ],
    rules.map((rule) => [
      rule.eventType,
      rule.account,
      String(rule.rank),
      rule.validFrom ?? 'always',
      rule.legalEntity ?? '',
      rule.channel ?? '',
      rule.setBy ?? 'daybook.json',
      standings[rule.standing],
    ]),
  );
}
