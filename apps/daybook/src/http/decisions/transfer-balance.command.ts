import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { transferBalance } from '#domain';
import { WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import type { DecisionAnswer } from './decision-answer.js';
import { DecisionTaking } from './decision-taking.js';
import { checkedOrderLeaf } from './leaves.js';
import type { TransferBalanceDto } from './order-decisions.dto.js';
import { RelatedOrders } from './related-orders.js';

export class TransferBalance extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: TransferBalanceDto,
  ) {
    super();
  }
}

/** Moves a balance from the contract of an order to that of another. */
@CommandHandler(TransferBalance)
export class TransferBalanceHandler implements ICommandHandler<TransferBalance> {
  constructor(
    private readonly decisions: DecisionTaking,
    private readonly orders: RelatedOrders,
    private readonly writePath: WritePath,
  ) {}

  async execute({ attempt, request }: TransferBalance): Promise<DecisionAnswer> {
    const { order, actor: _actor, ...data } = request;
    const leaf = checkedOrderLeaf(order);
    const place = { attempt, leaf };
    const transfer = checkedByCatalogue(
      'ContractBalanceTransferred',
      data,
      place,
      (field) => field,
    );
    const receiver = await this.orders.find(transfer.toOrder);
    return this.decisions.take({
      attempt,
      route: '/v1/balance-transfers',
      request,
      leaf,
      fold: this.writePath.eventsFold,
      decide: transferBalance({ transfer, receiver }),
    });
  }
}
