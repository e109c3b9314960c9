import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { markDuplicate } from '#domain';
import { WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import type { DecisionAnswer } from './decision-answer.js';
import { DecisionTaking } from './decision-taking.js';
import { checkedOrderLeaf } from './leaves.js';
import type { MarkDuplicateDto } from './order-decisions.dto.js';
import { RelatedOrders } from './related-orders.js';

export class MarkDuplicate extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: MarkDuplicateDto,
  ) {
    super();
  }
}

/** Says that an order is another name of one that goes on. */
@CommandHandler(MarkDuplicate)
export class MarkDuplicateHandler implements ICommandHandler<MarkDuplicate> {
  constructor(
    private readonly decisions: DecisionTaking,
    private readonly orders: RelatedOrders,
    private readonly writePath: WritePath,
  ) {}

  async execute({ attempt, request }: MarkDuplicate): Promise<DecisionAnswer> {
    const { order, actor: _actor, ...data } = request;
    const leaf = checkedOrderLeaf(order);
    const place = { attempt, leaf };
    const duplicate = checkedByCatalogue('OrderMarkedDuplicate', data, place, (field) => field);
    const survivor = await this.orders.find(duplicate.survivingOrder);
    return this.decisions.take({
      attempt,
      route: '/v1/order-duplicates',
      request,
      leaf,
      fold: this.writePath.eventsFold,
      decide: markDuplicate({ duplicate, survivor }),
    });
  }
}
