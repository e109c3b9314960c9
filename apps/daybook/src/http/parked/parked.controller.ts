import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { parkedSchema, resolvedSchema, retriedSchema } from './parked.answers.js';
import {
  ParkedDesk,
  type ParkedView,
  type ResolutionResult,
  type RetryResult,
} from '../../parking/parked-desk.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { ProblemError } from '../problems/problem.js';
import { readableText } from '../requests/readable-text.js';
import { ResolveParkedDto } from './parked.dto.js';

const keyDescription = 'The key as GET /v1/parked names it.';

@ApiProblems([400, 404, 409, 503, 504])
@ApiTags('operations')
@Controller('v1/parked')
export class ParkedController {
  constructor(private readonly desk: ParkedDesk) {}

  @Get()
  @ApiOperation({ summary: 'Events that are not applied, by key, and what was decided about such' })
  @ApiAnswer(parkedSchema)
  list(): Promise<ParkedView> {
    return this.desk.view();
  }

  @Post(':key/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read the events of a key again and apply what can be applied' })
  @ApiParam({ name: 'key', description: keyDescription })
  @ApiAnswer(retriedSchema)
  async retry(@Param('key') text: string): Promise<RetryResult> {
    const key = readableText(text, 'key');
    return answered(key, await this.desk.retry(key));
  }

  @Post(':key/resolve')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Leave the first event of a key out for good, and apply what is behind it',
  })
  @ApiParam({ name: 'key', description: keyDescription })
  @ApiAnswer(resolvedSchema)
  async resolve(
    @Param('key') text: string,
    @Body() request: ResolveParkedDto,
  ): Promise<ResolutionResult> {
    const key = readableText(text, 'key');
    const result = await this.desk.resolve(key, request);
    if (result.outcome === 'not_parked') throw notFound(key);
    if (result.outcome === 'waits') {
      const detail = `${request.eventId} can be applied as soon as what is before it under ${key} is.`;
      throw new ProblemError({ code: 'parked_event_waits', detail, field: 'eventId' });
    }
    // A repeat of what was decided finds nothing parked any more, and is answered the decision.
    if (result.retry.outcome !== 'not_parked') answered(key, result.retry);
    return result;
  }
}

function answered(key: string, result: RetryResult): RetryResult {
  if (result.outcome === 'retried') return result;
  if (result.outcome === 'not_parked') throw notFound(key);
  if (result.outcome === 'refused') {
    throw new ProblemError({
      code: 'parked_retry_refused',
      detail: result.message,
      extensions: { reason: result.code },
    });
  }
  throw new ProblemError({
    code: 'parked_retry_pending',
    detail: `The retry of ${key} is asked for, and no projector has done it yet.`,
    retryAfterSeconds: 5,
  });
}

function notFound(key: string): ProblemError {
  return new ProblemError({
    code: 'parked_key_not_found',
    detail: `Nothing is parked under ${key}.`,
  });
}
