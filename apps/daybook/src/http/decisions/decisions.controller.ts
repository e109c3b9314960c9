import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { accountPattern } from '#events';
import {
  ApiProblems,
  decisionProblemStatuses,
  positionHeaders,
} from '../documentation/api-problems.js';
import { positionHeader } from '../reads/position-tokens.js';
import { AllocateStock } from './allocate-stock.command.js';
import { readAttempt } from './attempt.js';
import { DeallocateStock } from './deallocate-stock.command.js';
import type { DecisionAnswer } from './decision-answer.js';
import { AllocateStockDto, DeallocateStockDto, GrantCreditDto } from './decisions.dto.js';
import { GrantCredit } from './grant-credit.command.js';

@ApiTags('decisions')
@ApiHeader({
  name: 'Daybook-Client',
  required: true,
  description: 'The account that asks.',
  schema: { type: 'string', pattern: accountPattern.source },
})
@ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description: 'The same for a repeat of this command, and for no other. A refusal is final.',
})
@ApiResponse({ status: 201, description: 'Accepted.', headers: positionHeaders })
@ApiResponse({
  status: 200,
  description: 'A repeat of a command that was accepted.',
  headers: positionHeaders,
})
@ApiProblems(decisionProblemStatuses)
@Controller('v1')
export class DecisionsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('allocations')
  @ApiOperation({ summary: 'Reserve stock for order lines: all lines or none' })
  allocate(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: AllocateStockDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    return this.decide(new AllocateStock(readAttempt(headers), request), response);
  }

  @Post('deallocations')
  @ApiOperation({ summary: 'Give reserved stock back: all lines or none' })
  deallocate(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: DeallocateStockDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    return this.decide(new DeallocateStock(readAttempt(headers), request), response);
  }

  @Post('credits')
  @ApiOperation({ summary: 'Grant a credit on an order' })
  credit(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: GrantCreditDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    return this.decide(new GrantCredit(readAttempt(headers), request), response);
  }

  private async decide(
    command: Command<DecisionAnswer>,
    response: Response,
  ): Promise<DecisionAnswer> {
    const answer = await this.commands.execute(command);
    response.status(answer.repeated ? 200 : 201);
    if (answer.position !== null) response.setHeader(positionHeader, answer.position);
    return answer;
  }
}
