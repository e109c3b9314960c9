import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { accountPattern } from '#events';
import { ApiAnswer } from '../documentation/api-answers.js';
import { erasureResultSchema, erasureSchema, erasuresSchema } from './erasures.answers.js';
import type { ErasureResult } from '../../erasure/erasures.js';
import type { ErasureView } from '../../erasure/erasure-view.js';
import { readAttempt } from '../decisions/attempt.js';
import {
  ApiProblems,
  decisionProblemStatuses,
  readProblemStatuses,
} from '../documentation/api-problems.js';
import { ProblemError } from '../problems/problem.js';
import { PositionTokens, positionHeader } from '../reads/position-tokens.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { CompleteErasure, RequestErasure } from './erasure-commands.js';
import { GetErasure, ListErasures } from './erasure-queries.js';
import { CompleteErasureDto, ErasuresQueryDto, RequestErasureDto } from './erasures.dto.js';

@ApiTags('personal data')
@Controller('v1/erasures')
export class ErasuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly tokens: PositionTokens,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Forget a person: at once, or put off with a legal basis' })
  @ApiHeader({
    name: 'Daybook-Client',
    required: true,
    description: 'The account that asks.',
    schema: { type: 'string', pattern: accountPattern.source },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'The same for a repeat of this request, and for no other. It may name nobody.',
  })
  @ApiProblems(decisionProblemStatuses)
  @ApiAnswer(erasureResultSchema, { isWritten: true })
  async request(
    @Headers() headers: IncomingHttpHeaders,
    @Body() request: RequestErasureDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ErasureResult> {
    const result = await this.commands.execute(new RequestErasure(readAttempt(headers), request));
    return this.positioned(result, response);
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete an erasure that was put off' })
  @ApiProblems(decisionProblemStatuses)
  @ApiAnswer(erasureResultSchema, { isWritten: true })
  async complete(
    @Param('id') id: string,
    @Body() { now = false }: CompleteErasureDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ErasureResult> {
    const result = await this.commands.execute(new CompleteErasure(checkedId(id), now));
    return this.positioned(result, response);
  }

  @Get()
  @UseInterceptors(ReadAfterInterceptor)
  @ApiOperation({ summary: 'Every erasure that was asked for, and how far it is' })
  @ApiProblems(readProblemStatuses)
  @ApiAnswer(erasuresSchema)
  list(@Query() query: ErasuresQueryDto): Promise<Page<ErasureView>> {
    return this.queries.execute(new ListErasures(sliceOf(query, 1)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One erasure, as its stream holds it' })
  @ApiProblems(readProblemStatuses)
  @ApiAnswer(erasureSchema)
  erasure(@Param('id') id: string): Promise<ErasureView> {
    return this.queries.execute(new GetErasure(checkedId(id)));
  }

  private async positioned(result: ErasureResult, response: Response): Promise<ErasureResult> {
    const token = await this.tokens.tokenBehind([null]);
    if (token !== undefined) response.setHeader(positionHeader, token);
    return result;
  }
}

/** An id is checked before it becomes a stream's name. */
function checkedId(id: string): string {
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  throw new ProblemError({ code: 'erasure_unknown', detail: 'No erasure has this id.' });
}
