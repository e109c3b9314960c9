import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { GenerationsDiff } from '#projection-engine';
import { ApiAnswer } from '../documentation/api-answers.js';
import {
  generationsDiffSchema,
  generationSchema,
  generationsSchema,
  retiredSchema,
} from './projections.answers.js';
import { GenerationDesk, type GenerationView } from '../../generations/generation-desk.js';
import { ApiProblems } from '../documentation/api-problems.js';
import {
  differencesDefault,
  GenerationDto,
  ProjectionDiffDto,
  RollbackDto,
} from './projections.dto.js';

@ApiProblems([400, 404, 409, 503])
@ApiTags('operations')
@Controller('v1/projections')
export class ProjectionsController {
  constructor(private readonly desk: GenerationDesk) {}

  @Get()
  @ApiOperation({ summary: 'The builds of the read models: which is read, how far each is' })
  @ApiAnswer(generationsSchema)
  async list(): Promise<{ readonly generations: readonly GenerationView[] }> {
    return { generations: await this.desk.list() };
  }

  @Get('diff')
  @ApiOperation({ summary: 'Compares two builds row by row where both hold the same events' })
  @ApiAnswer(generationsDiffSchema)
  diff(@Query() { first, second, limit }: ProjectionDiffDto): Promise<GenerationsDiff> {
    return this.desk.diff(first, second, limit ?? differencesDefault);
  }

  @Post('rebuilds')
  @ApiOperation({ summary: 'Begins a further build beside the one that is read' })
  @ApiAnswer(generationSchema, { status: 201 })
  rebuild(): Promise<GenerationView> {
    return this.desk.rebuild();
  }

  @Post('generations/:generation/switch')
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes a build that has caught up the one that is read' })
  @ApiAnswer(generationSchema)
  switchTo(@Param() { generation }: GenerationDto): Promise<GenerationView> {
    return this.desk.switchTo(generation);
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Goes back to the build that was read before' })
  @ApiAnswer(generationSchema)
  rollBack(@Query() { from }: RollbackDto): Promise<GenerationView> {
    return this.desk.rollBack(from);
  }

  @Post('generations/:generation/retire')
  @HttpCode(200)
  @ApiOperation({ summary: 'Drops a build that is not read' })
  @ApiAnswer(retiredSchema)
  retire(@Param() { generation }: GenerationDto): Promise<{ readonly retired: number }> {
    return this.desk.retire(generation);
  }
}
