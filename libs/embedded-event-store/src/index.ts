export {
  EmbeddedEventStore,
  type EmbeddedEventStoreOptions,
  type RunningEventStore,
  type SecuredBy,
} from './embedded-event-store.js';
export { startEmbeddedEventStore, startEventStoreInMemory, type StartOptions } from './start.js';
export type { LogDirectory, LogFile } from './log/log-file.js';
export type { LogBackup } from './log/backup.js';
export { EventLog, type StorageSizes } from './store/event-log.js';
export type { LogNotice } from './log/log-notice.js';
export { DamagedLogError, LogFormatError } from './log/log-errors.js';
export { startEmbeddedEventStoreWorker } from './start-worker.js';
export type { RefusedAttempt } from './store/protected-streams.js';
export { verifyEventLog, verifyLogIn, type EventLogVerdict } from './store/verify-event-log.js';
