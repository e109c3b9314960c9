import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deallocateStock } from '#domain';
import { canonicalDigest } from '#kernel';
import { PositionTokens } from '../reads/position-tokens.js';
import { localPrincipal, WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import { type DecisionAnswer, decisionAnswer } from './decision-answer.js';
import type { DeallocateStockDto } from './decisions.dto.js';
import { inventoryPlaceOf } from './leaves.js';

export class DeallocateStock extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: DeallocateStockDto,
  ) {
    super();
  }
}

const sharedFields: readonly string[] = ['authority', 'allocation', 'deallocation'];

/** Gives reserved units back, all lines or none, and never more than is open. */
@CommandHandler(DeallocateStock)
export class DeallocateStockHandler implements ICommandHandler<DeallocateStock> {
  constructor(
    private readonly writePath: WritePath,
    private readonly tokens: PositionTokens,
  ) {}

  async execute({ attempt, request }: DeallocateStock): Promise<DecisionAnswer> {
    const { authority, allocation, deallocation } = request;
    const place = inventoryPlaceOf(request);
    const lines = request.lines.map(({ line, qty, uom, reason }, index) => {
      const data = { authority, allocation, deallocation, line, qty, uom, reason };
      return checkedByCatalogue('StockDeallocated', data, { attempt, leaf: place.leaf }, (field) =>
        sharedFields.includes(field) ? field : `lines.${index}.${field}`,
      );
    });
    const outcome = await this.writePath.recorder.decide({
      ...attempt,
      route: '/v1/deallocations',
      requestDigest: canonicalDigest(request),
      ...place,
      recordedBy: localPrincipal,
      fold: this.writePath.allocationFold,
      decide: deallocateStock({ authority, allocation, deallocation, lines }),
    });
    return decisionAnswer(outcome, this.tokens);
  }
}
