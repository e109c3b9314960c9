import { Body, Controller, Get, Headers, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { authoritySchema } from './sources.answers.js';
import { answered } from '../decisions/answered-decision.js';
import { readAttempt } from '../decisions/attempt.js';
import type { DecisionAnswer } from '../decisions/decision-answer.js';
import { ApiAnswer, ApiDecision } from '../documentation/api-answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { ReadDto } from '../requests/read.dto.js';
import { type AuthorityAnswer, ListAuthority } from './list-authority.query.js';
import { SetAuthority } from './set-authority.command.js';
import { SetAuthorityDto } from './sources.dto.js';

@ApiTags('sources')
@Controller('v1/authority')
export class AuthorityController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @UseInterceptors(ReadAfterInterceptor)
  @ApiProblems(readProblemStatuses)
  @ApiOperation({ summary: 'How far each account is believed, and which rules wait for a build' })
  @ApiAnswer(authoritySchema)
  list(@Query() _query: ReadDto): Promise<AuthorityAnswer> {
    return this.queries.execute(new ListAuthority());
  }

  @Post()
  @ApiDecision()
  @ApiOperation({
    summary: 'Settle how far an account is believed about a type of event, from a day on',
    description: 'It takes effect with the next build of the read models.',
  })
  async set(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: SetAuthorityDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionAnswer> {
    const command = new SetAuthority(readAttempt(headers), request);
    return answered(await this.commands.execute(command), response);
  }
}
