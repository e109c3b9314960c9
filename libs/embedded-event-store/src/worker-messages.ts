import type { StartOptions } from './start.js';
import type { RefusedAttempt } from './store/protected-streams.js';

/** What the thread that starts a node tells it, besides `stop`. */
export type WorkerStart = Omit<StartOptions, 'onFailure' | 'onRefusedAttempt'>;

/** What the node's thread says. */
export type WorkerMessage =
  | { readonly kind: 'started'; readonly port: number; readonly connectionString: string }
  | { readonly kind: 'start_failed'; readonly error: Error }
  /** The disk failed; the thread lives on to refuse appends and serve reads until it is stopped. */
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'attempt_refused'; readonly attempt: RefusedAttempt }
  | { readonly kind: 'stopped' };

export const STOP = 'stop';
