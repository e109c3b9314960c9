import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { StreamFold } from '#domain';
import { isEventType } from '#events';
import { canonicalDigest, leafOf } from '#kernel';
import type { Attempt } from '../decisions/attempt.js';
import { checkedByCatalogue } from '../decisions/catalogue-check.js';
import { type DecisionAnswer, decisionAnswer } from '../decisions/decision-answer.js';
import { ProblemError } from '../problems/problem.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { localPrincipal, WritePath } from '../write-path.js';
import type { SetAuthorityDto } from './sources.dto.js';

export class SetAuthority extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: SetAuthorityDto,
  ) {
    super();
  }
}

/** A rule may be set whatever was set before: the latest word on a day it begins on counts. */
const anyState: StreamFold<null> = {
  initial: () => null,
  branch: (state) => state,
  evolve: (state) => state,
};

/** Settles how far an account is believed about a type of event, from a day or an instant on. */
@CommandHandler(SetAuthority)
export class SetAuthorityHandler implements ICommandHandler<SetAuthority> {
  constructor(
    private readonly writePath: WritePath,
    private readonly tokens: PositionTokens,
  ) {}

  async execute({ attempt, request }: SetAuthority): Promise<DecisionAnswer> {
    const { account, eventType, ...rule } = request;
    if (!isEventType(eventType)) {
      throw new ProblemError({
        code: 'event_type_unknown',
        detail: `eventType ${JSON.stringify(eventType)} is not in the event catalogue.`,
        field: 'eventType',
      });
    }
    const leaf = leafOf('authority', [eventType, account]);
    const data = checkedByCatalogue(
      'SourceAuthoritySet',
      { eventType, reporter: account, ...rule },
      { attempt, leaf },
      (field) => (field === 'reporter' ? 'account' : field),
    );
    const outcome = await this.writePath.recorder.decide({
      ...attempt,
      route: '/v1/authority',
      requestDigest: canonicalDigest(request),
      leaf,
      recordedBy: localPrincipal,
      fold: anyState,
      decide: () => ({ outcome: 'accepted', events: [{ type: 'SourceAuthoritySet', data }] }),
    });
    return decisionAnswer(outcome, this.tokens);
  }
}
