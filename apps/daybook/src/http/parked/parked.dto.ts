import { IsIn, IsString, Length } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { IsReadableText } from '../requests/readable-text.js';

const reasonCharactersMax = 500;
const nameCharactersMax = 100;

export class ResolveParkedDto {
  @ApiProperty({ description: 'The event that cannot be applied, as GET /v1/parked names it.' })
  @IsReadableText()
  eventId!: string;

  @ApiProperty({ enum: ['skip'], description: 'No build of the read models applies the event.' })
  @IsIn(['skip'])
  decision!: 'skip';

  @ApiProperty({ description: 'Why, for whoever reads it years later; names no customer.' })
  @IsString()
  @IsReadableText()
  @Length(1, reasonCharactersMax)
  reason!: string;

  @ApiProperty({ description: 'Who answers for it, such as a role and initials.' })
  @IsString()
  @IsReadableText()
  @Length(1, nameCharactersMax)
  decidedBy!: string;
}
