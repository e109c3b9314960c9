import { Body, Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems, factProblemStatuses } from '../documentation/api-problems.js';
import { ProblemError } from '../problems/problem.js';
import { unavailableProblem } from '../problems/unavailable-problem.js';
import { positionHeader } from '../reads/position-tokens.js';
import type { RequestBody } from '../requests/request-body.js';
import { localPrincipal, WritePath } from '../write-path.js';
import {
  batchEventsMax,
  readDelivered,
  type RefusedBody,
  unidentifiedSource,
} from './delivered-records.js';
import type { BatchAnswer, EventOutcome } from './event-outcome.js';
import { repeatOrBatchSchema, writtenSchema } from './events.answers.js';
import { problemOfOutcome, RecordEvents } from './record-events.command.js';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly writePath: WritePath,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Record facts',
    description: `One CloudEvent, or a batch of at most ${batchEventsMax}. A batch is not atomic: it is answered with an outcome for each event. What is not understood is kept in the quarantine.`,
  })
  @ApiConsumes(
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'application/json',
  )
  @ApiBody({
    schema: { oneOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] },
  })
  @ApiAnswer(writtenSchema, {
    status: 201,
    description: 'The event is recorded.',
    isWritten: true,
  })
  @ApiAnswer(repeatOrBatchSchema, {
    description: 'A repeat, or the outcomes of a batch.',
    isWritten: true,
  })
  @ApiProblems(factProblemStatuses)
  async record(
    @Body() body: RequestBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventOutcome | BatchAnswer> {
    const delivered = readDelivered(body);
    if (delivered.outcome === 'refused') throw await this.refuse(delivered);
    const records = delivered.outcome === 'batch' ? delivered.records : [delivered.record];
    const command = new RecordEvents(records, localPrincipal);
    const { outcomes, position } = await this.commands.execute(command);
    if (position !== undefined) response.setHeader(positionHeader, position);
    response.status(200);
    if (delivered.outcome === 'batch') return { outcomes, position: position ?? null };
    const [outcome] = outcomes;
    if (outcome === undefined) throw new Error('A record was sent and has no outcome.');
    const problem = problemOfOutcome(outcome);
    if (problem !== undefined) throw problem;
    if (outcome.outcome === 'recorded') response.status(201);
    return outcome;
  }

  /** Keeps what can be kept of a body that is no event or batch. */
  private async refuse({ code, message, kept }: RefusedBody): Promise<ProblemError> {
    const request = { source: unidentifiedSource, deliveryId: null, rawBody: kept, code, message };
    const answer = await this.writePath.recorder.quarantine([request]);
    return answer.outcome === 'unavailable'
      ? unavailableProblem(answer)
      : new ProblemError({ code, detail: message, extensions: { outcome: 'quarantined' } });
  }
}
