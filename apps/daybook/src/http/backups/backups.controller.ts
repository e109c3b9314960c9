import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { eventStoreBackupSchema } from './backups.answers.js';
import { messageOf } from '../../composition/start-error.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { ProblemError } from '../problems/problem.js';
import { EventStoreBackupDto } from './backups.dto.js';
import {
  type BackedUpEventStore,
  type EventStoreBackup,
  EventStoreBackups,
} from './event-store-backups.js';

export const controlHeader = 'Daybook-Control';

@ApiProblems([400, 403, 409, 507])
@ApiTags('operations')
@Controller('v1/event-store-backups')
export class BackupsController {
  constructor(private readonly backups: EventStoreBackups) {}

  @Post()
  @ApiOperation({
    summary: 'Writes a consistent prefix of the embedded event store into a folder of this machine',
    description:
      'One half of "daybook backup", which is what to use: it adds the kept tables and the manifest.',
  })
  @ApiHeader({ name: controlHeader, description: 'controlToken of run.json in the data directory' })
  @ApiAnswer(eventStoreBackupSchema, { status: 201 })
  async backUp(
    @Headers(controlHeader.toLowerCase()) controlToken: string | undefined,
    @Body() { directory }: EventStoreBackupDto,
  ): Promise<EventStoreBackup> {
    const { eventStore } = this.backups;
    if (!this.backups.isAllowed(controlToken)) {
      const detail = 'The request does not carry the control token of this run.';
      throw new ProblemError({ code: 'control_refused', detail, field: controlHeader });
    }
    if (eventStore === undefined) {
      const detail = 'This Daybook has no event store of its own to back up.';
      throw new ProblemError({ code: 'event_store_external', detail });
    }
    return backUp(eventStore, directory);
  }
}

async function backUp(store: BackedUpEventStore, directory: string): Promise<EventStoreBackup> {
  try {
    return await store.backup(directory);
  } catch (error) {
    throw new ProblemError({ code: 'backup_failed', detail: messageOf(error), field: 'directory' });
  }
}
