import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { liveSchema, readySchema } from './health.answers.js';
import { ProblemError } from '../problems/problem.js';
import { type Readiness, ReadinessCheck } from './readiness.js';

const wellStates: ReadonlySet<string> = new Set(['reachable', 'caught_up', 'behind']);

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  @ApiAnswer(liveSchema)
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Both stores answer, and the read models follow the ledger' })
  @ApiAnswer(readySchema)
  @ApiProblems([503])
  async ready(): Promise<Omit<Readiness, 'isReady'> & { readonly status: 'ready' }> {
    const { isReady, checks, verification } = await this.readiness.check();
    if (isReady) return { status: 'ready', checks, verification };
    const failed = Object.entries(checks)
      .filter(([, { state }]) => !wellStates.has(state))
      .map(([name, { state }]) => `${name} (${state})`);
    throw new ProblemError({
      code: 'not_ready',
      detail: `Not well: ${failed.join(', ')}.`,
      extensions: { checks, verification },
    });
  }
}
