import type { LogBackup } from './log/backup.js';
import type { LogNotice } from './log/log-notice.js';
import type { StartOptions } from './start.js';
import type { RefusedAttempt } from './store/protected-streams.js';

/** What the thread that starts a node tells it first. */
export type WorkerStart = Omit<StartOptions, 'onFailure' | 'onNotice' | 'onRefusedAttempt'>;

/** What it asks of the node later; backups are numbered, for several may run. */
export type OwnerMessage =
  | { readonly kind: 'stop' }
  | { readonly kind: 'backup'; readonly number: number; readonly toDirectory: string };

/** What the node's thread says. */
export type WorkerMessage =
  | { readonly kind: 'started'; readonly port: number; readonly connectionString: string }
  | { readonly kind: 'start_failed'; readonly error: Error }
  /** The disk failed; the thread lives on to refuse appends and serve reads until it is stopped. */
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'notice'; readonly notice: LogNotice }
  | { readonly kind: 'backed_up'; readonly number: number; readonly backup: LogBackup }
  | { readonly kind: 'backup_failed'; readonly number: number; readonly error: Error }
  | { readonly kind: 'attempt_refused'; readonly attempt: RefusedAttempt }
  | { readonly kind: 'stopped' };
