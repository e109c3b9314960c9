import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { allocateStock } from '#domain';
import { canonicalDigest } from '#kernel';
import { PositionTokens } from '../reads/position-tokens.js';
import { localPrincipal, WritePath } from '../write-path.js';
import type { Attempt } from './attempt.js';
import { checkedByCatalogue } from './catalogue-check.js';
import { type DecisionAnswer, decisionAnswer } from './decision-answer.js';
import type { AllocateStockDto, AllocationLineDto } from './decisions.dto.js';
import { inventoryPlaceOf } from './leaves.js';

export class AllocateStock extends Command<DecisionAnswer> {
  constructor(
    readonly attempt: Attempt,
    readonly request: AllocateStockDto,
  ) {
    super();
  }
}

const sharedFields: readonly string[] = ['authority', 'allocation'];

/** Reserves units for order lines, all lines or none, and never more than is available. */
@CommandHandler(AllocateStock)
export class AllocateStockHandler implements ICommandHandler<AllocateStock> {
  constructor(
    private readonly writePath: WritePath,
    private readonly tokens: PositionTokens,
  ) {}

  async execute({ attempt, request }: AllocateStock): Promise<DecisionAnswer> {
    const { authority, allocation } = request;
    const place = inventoryPlaceOf(request);
    const asOf = new Date().toISOString();
    const lines = request.lines.map((line, index) => {
      const data = { authority, allocation, ...dataOf(line) };
      return checkedByCatalogue('StockAllocated', data, { attempt, leaf: place.leaf }, (field) =>
        sharedFields.includes(field) ? field : `lines.${index}.${field}`,
      );
    });
    const outcome = await this.writePath.recorder.decide({
      ...attempt,
      route: '/v1/allocations',
      requestDigest: canonicalDigest(request),
      ...place,
      recordedBy: localPrincipal,
      fold: this.writePath.allocationFold,
      decide: allocateStock({ authority, allocation, lines, asOf }),
    });
    return decisionAnswer(outcome, this.tokens);
  }
}

/** The fields of a line that were given. */
function dataOf(line: AllocationLineDto): object {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined));
}
