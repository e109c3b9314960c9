import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiTextAnswer } from '../documentation/api-answers.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { ProblemError } from './problem.js';
import { problemPage } from './problem-page.js';
import { isProblemCode } from './problem-registry.js';

@ApiTags('problems')
@Controller('problems')
export class ProblemsController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'Every error code with its meaning and remedy' })
  @ApiTextAnswer('text/html')
  all(): string {
    return problemPage();
  }

  @Get(':code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'One error code: what the `type` of a problem points to' })
  @ApiTextAnswer('text/html')
  @ApiProblems([404])
  one(@Param('code') code: string): string {
    if (isProblemCode(code)) return problemPage([code]);
    throw new ProblemError({ code: 'problem_not_found', detail: `There is no code ${code}.` });
  }
}
