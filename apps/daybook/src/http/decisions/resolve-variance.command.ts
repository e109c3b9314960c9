import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { resolveVariance } from '#domain';
import { WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import type { DecisionAnswer } from './decision-answer.js';
import { DecisionTaking } from './decision-taking.js';
import { checkedTransferLeaf } from './leaves.js';
import type { ResolveVarianceDto } from './order-decisions.dto.js';

export class ResolveVariance extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: ResolveVarianceDto,
  ) {
    super();
  }
}

/** Settles what became of units that a line of a transfer lacks. */
@CommandHandler(ResolveVariance)
export class ResolveVarianceHandler implements ICommandHandler<ResolveVariance> {
  constructor(
    private readonly decisions: DecisionTaking,
    private readonly writePath: WritePath,
  ) {}

  execute({ attempt, request }: ResolveVariance): Promise<DecisionAnswer> {
    const { transfer, actor: _actor, ...data } = request;
    const leaf = checkedTransferLeaf(transfer);
    const place = { attempt, leaf };
    const resolved = checkedByCatalogue('TransferVarianceResolved', data, place, (field) => field);
    return this.decisions.take({
      attempt,
      route: '/v1/transfer-resolutions',
      request,
      leaf,
      fold: this.writePath.eventsFold,
      decide: resolveVariance(resolved),
    });
  }
}
