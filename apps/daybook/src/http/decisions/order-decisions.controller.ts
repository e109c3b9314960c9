import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiDecision } from '../documentation/api-answers.js';
import { answered } from './answered-decision.js';
import { readAttempt } from './attempt.js';
import type { DecisionAnswer } from './decision-answer.js';
import { MarkDuplicate } from './mark-duplicate.command.js';
import {
  MarkDuplicateDto,
  ResolveVarianceDto,
  RevertMergeDto,
  TransferBalanceDto,
} from './order-decisions.dto.js';
import { ResolveVariance } from './resolve-variance.command.js';
import { RevertMerge } from './revert-merge.command.js';
import { TransferBalance } from './transfer-balance.command.js';

/** Decisions that people take about what systems told, each with an approval. */
@ApiTags('decisions')
@Controller('v1')
export class OrderDecisionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('order-duplicates')
  @ApiOperation({ summary: 'Say that an order is another name of one that goes on' })
  @ApiDecision()
  async markDuplicate(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: MarkDuplicateDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new MarkDuplicate(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }

  @Post('merge-reversals')
  @ApiOperation({ summary: 'Let an order stand on its own again that was taken for another one' })
  @ApiDecision()
  async revertMerge(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: RevertMergeDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new RevertMerge(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }

  @Post('balance-transfers')
  @ApiOperation({
    summary: 'Move a balance from the contract of an order to that of another',
    description: 'What the contract comes to is no ceiling: it lies on many streams.',
  })
  @ApiDecision()
  async transferBalance(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: TransferBalanceDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new TransferBalance(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }

  @Post('transfer-resolutions')
  @ApiOperation({ summary: 'Settle what became of units that a line of a transfer lacks' })
  @ApiDecision()
  async resolveVariance(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: ResolveVarianceDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new ResolveVariance(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }
}
