import { IsString, Matches } from 'class-validator';

export class EventStoreBackupDto {
  /** An absolute path on the machine of the Daybook; the folder must be absent. */
  @IsString()
  @Matches(/^\//, { message: 'must be an absolute path' })
  directory!: string;
}
