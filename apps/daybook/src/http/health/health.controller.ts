import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemError } from '../problems/problem.js';
import { type Readiness, ReadinessCheck } from './readiness.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Both stores answer, and the read models follow the ledger' })
  async ready(): Promise<Pick<Readiness, 'checks'> & { readonly status: 'ready' }> {
    const { isReady, checks } = await this.readiness.check();
    if (isReady) return { status: 'ready', checks };
    const failed = Object.entries(checks)
      .filter(([, { state }]) => state === 'failed' || state === 'stalled')
      .map(([name]) => name);
    throw new ProblemError({
      code: 'not_ready',
      detail: `Not well: ${failed.join(', ')}.`,
      extensions: { checks },
    });
  }
}
