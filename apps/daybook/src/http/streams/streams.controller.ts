import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { streamSchema } from './streams.answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { parseLeaf } from '#kernel';
import { ProblemError } from '../problems/problem.js';
import { pageRowsDefault } from '../requests/page.js';
import { GetStream, type StreamAnswer } from './get-stream.query.js';
import { StreamQueryDto } from './streams.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('streams')
@Controller('v1/streams')
export class StreamsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':stream')
  @ApiOperation({ summary: 'The events of one stream, as the event store itself holds them' })
  @ApiParam({ name: 'stream', description: 'The leaf, such as order-shop:1001.' })
  @ApiAnswer(streamSchema)
  stream(@Param('stream') leaf: string, @Query() query: StreamQueryDto): Promise<StreamAnswer> {
    if (parseLeaf(leaf) === undefined) {
      throw new ProblemError({
        code: 'stream_not_found',
        detail: 'The address is no leaf: category, one dash, the encoded id.',
        field: 'stream',
      });
    }
    const limit = query.limit ?? pageRowsDefault;
    return this.queries.execute(new GetStream(leaf, query.from ?? 0, limit));
  }
}
