import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiDecision } from '../documentation/api-answers.js';
import { AllocateStock } from './allocate-stock.command.js';
import { answered } from './answered-decision.js';
import { readAttempt } from './attempt.js';
import { DeallocateStock } from './deallocate-stock.command.js';
import type { DecisionAnswer } from './decision-answer.js';
import { AllocateStockDto, DeallocateStockDto, GrantCreditDto } from './decisions.dto.js';
import { GrantCredit } from './grant-credit.command.js';

@ApiTags('decisions')
@Controller('v1')
export class DecisionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('allocations')
  @ApiOperation({ summary: 'Reserve stock for order lines: all lines or none' })
  @ApiDecision()
  async allocate(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: AllocateStockDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new AllocateStock(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }

  @Post('deallocations')
  @ApiOperation({ summary: 'Give reserved stock back: all lines or none' })
  @ApiDecision()
  async deallocate(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: DeallocateStockDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new DeallocateStock(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }

  @Post('credits')
  @ApiOperation({ summary: 'Grant a credit on an order' })
  @ApiDecision()
  async credit(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: GrantCreditDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new GrantCredit(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }
}
