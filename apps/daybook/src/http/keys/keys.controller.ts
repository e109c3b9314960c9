import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { keyRotationSchema } from './keys.answers.js';
import { KeyRotations } from '../../erasure/key-rotations.js';
import type { KeyRotation } from '#personal-data';
import { ApiProblems, decisionProblemStatuses } from '../documentation/api-problems.js';

@ApiTags('personal data')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly rotations: KeyRotations) {}

  @Post('rotations')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Replace the key-encryption key; goes on with a rotation that was broken off',
  })
  @ApiProblems(decisionProblemStatuses)
  @ApiAnswer(keyRotationSchema)
  rotate(): Promise<KeyRotation> {
    return this.rotations.rotate();
  }
}
