import type * as audit from '../audit/audit-daybook.js';
import type { BackupOptions } from '../backup/back-up-daybook.js';
import type { CopyOptions } from '../backup/copy-event-store.js';
import type { CopyReport } from '../backup/copy-ledger.js';
import type { BackupManifest } from '../backup/manifest.js';
import type { RestoreOptions, RestoreReport } from '../backup/restore-daybook.js';
import type { DaybookOptions, RunningDaybook } from '../daybook.js';
import type { EventStoreServerOptions } from '../event-store-server/serve-event-store.js';
import type { ProjectorOptions } from '../projector/run-projector.js';
import type { VerificationOptions, VerificationReport } from '../verification.js';
import type { Terminal } from './terminal.js';

/** What the commands start; the program's entry says how. */
export interface Composition {
  startDaybook(options: DaybookOptions): Promise<RunningDaybook>;
  /** Serves until the process is asked to end. */
  runServe(options: DaybookOptions): Promise<void>;
  verifyDaybook(options: VerificationOptions): Promise<VerificationReport>;
  backUpDaybook(options: BackupOptions): Promise<BackupManifest>;
  /** Runs the event store alone until the process is asked to end, or its parent has ended. */
  serveEventStore(options: EventStoreServerOptions): Promise<void>;
  /** Runs the projector alone until the process is asked to end. */
  runProjector(options: ProjectorOptions): Promise<void>;
  copyEventStore(options: CopyOptions): Promise<CopyReport>;
  restoreDaybook(options: RestoreOptions): Promise<RestoreReport>;
  /** Everything about seals. */
  audit(): Promise<typeof audit>;
}

/** What every command is run with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly composition: Composition;
}
