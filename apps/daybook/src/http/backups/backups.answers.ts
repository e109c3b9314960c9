import { objectOf, optional, whole } from '../documentation/answer-schema.js';
import type { EventStoreBackup } from './event-store-backups.js';

export const eventStoreBackupSchema = objectOf<EventStoreBackup>({
  events: whole,
  bytes: whole,
  lastPosition: optional(whole),
});
