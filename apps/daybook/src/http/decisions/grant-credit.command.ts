import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { grantCredit } from '#domain';
import { canonicalDigest } from '#kernel';
import { PositionTokens } from '../reads/position-tokens.js';
import { localPrincipal, WritePath } from '../write-path.js';
import { ApprovalNotices } from './approval-notices.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import { type DecisionAnswer, decisionAnswer } from './decision-answer.js';
import type { GrantCreditDto } from './decisions.dto.js';
import { checkedOrderLeaf } from './leaves.js';

export class GrantCredit extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: GrantCreditDto,
  ) {
    super();
  }
}

/** Grants a credit on an order, never more than it was sold for. */
@CommandHandler(GrantCredit)
export class GrantCreditHandler implements ICommandHandler<GrantCredit> {
  constructor(
    private readonly writePath: WritePath,
    private readonly tokens: PositionTokens,
    private readonly approvals: ApprovalNotices,
  ) {}

  async execute({ attempt, request }: GrantCredit): Promise<DecisionAnswer> {
    const { order, ...data } = request;
    const leaf = checkedOrderLeaf(order);
    const place = { attempt, leaf };
    const credit = checkedByCatalogue('CreditGranted', data, place, (field) => field);
    const notice = await this.approvals.of({ account: attempt.client, data: credit });
    const outcome = await this.writePath.recorder.decide({
      ...attempt,
      route: '/v1/credits',
      requestDigest: canonicalDigest(request),
      leaf,
      recordedBy: localPrincipal,
      fold: this.writePath.creditFold,
      decide: grantCredit({ account: attempt.client, credit }),
    });
    return decisionAnswer(outcome, this.tokens, notice);
  }
}
