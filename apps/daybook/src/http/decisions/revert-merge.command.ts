import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { revertMerge } from '#domain';
import { WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import type { DecisionAnswer } from './decision-answer.js';
import { DecisionTaking } from './decision-taking.js';
import { checkedOrderLeaf } from './leaves.js';
import type { RevertMergeDto } from './order-decisions.dto.js';

export class RevertMerge extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: RevertMergeDto,
  ) {
    super();
  }
}

/** Lets an order stand on its own again that had been taken for another one. */
@CommandHandler(RevertMerge)
export class RevertMergeHandler implements ICommandHandler<RevertMerge> {
  constructor(
    private readonly decisions: DecisionTaking,
    private readonly writePath: WritePath,
  ) {}

  execute({ attempt, request }: RevertMerge): Promise<DecisionAnswer> {
    const { order, actor: _actor, ...data } = request;
    const leaf = checkedOrderLeaf(order);
    const place = { attempt, leaf };
    const reversal = checkedByCatalogue('OrderMergeReverted', data, place, (field) => field);
    return this.decisions.take({
      attempt,
      route: '/v1/merge-reversals',
      request,
      leaf,
      fold: this.writePath.eventsFold,
      decide: revertMerge(reversal),
    });
  }
}
