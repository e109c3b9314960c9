/** What the thread that starts a node tells it, besides `stop`. */
export interface WorkerStart {
  readonly directory: string;
  readonly port: number;
}

/** What the node's thread says. */
export type WorkerMessage =
  | { readonly kind: 'started'; readonly port: number; readonly connectionString: string }
  | { readonly kind: 'start_failed'; readonly error: Error }
  /** The disk failed; the thread lives on to refuse appends and serve reads until it is stopped. */
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'stopped' };

export const STOP = 'stop';
