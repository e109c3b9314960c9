import type { Readable } from 'node:stream';

/**
 * Takes what a stream of the client has received, in chunks: without an await an item, and without
 * losing what had been received when the stream fails. The stream's own buffer is the bounded one
 * between network and consumer; where it is full the node is slowed down.
 */
export class ReceivedItems<Item> {
  private isOver = false;
  private failedWith: unknown;
  private hasChanged = false;
  private wake: (() => void) | undefined;

  constructor(private readonly stream: Readable) {
    stream.on('readable', this.change);
    stream.on('end', this.finish);
    stream.on('close', this.finish);
    // Kept for good: the client may emit an error long after nobody reads the stream any more.
    stream.on('error', (error: unknown) => {
      this.failedWith ??= error;
      this.finish();
    });
  }

  /** Whether nothing will be received any more; what was received may still be taken. */
  get over(): boolean {
    return this.isOver;
  }

  /** What ended the stream, or undefined where the node ended it in order. */
  get failure(): unknown {
    return this.failedWith;
  }

  /** Up to so many items, none where nothing has been received. */
  take(itemsMax: number): Item[] {
    const items: Item[] = [];
    while (items.length < itemsMax) {
      const item = this.stream.read() as Item | null;
      if (item === null) break;
      items.push(item);
    }
    return items;
  }

  /** Resolves when there may be something to take, when the stream is over or after the time. */
  changed(timeoutMilliseconds?: number): Promise<'changed' | 'timeout'> {
    if (this.hasChanged || this.isOver) {
      this.hasChanged = false;
      return Promise.resolve('changed');
    }
    return new Promise((resolve) => {
      const timer =
        timeoutMilliseconds === undefined
          ? undefined
          : setTimeout(() => {
              this.wake = undefined;
              resolve('timeout');
            }, timeoutMilliseconds);
      this.wake = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        this.hasChanged = false;
        resolve('changed');
      };
    });
  }

  /** Nothing more is wanted: whoever waits goes on and finds the stream over. */
  readonly finish = (): void => {
    this.isOver = true;
    this.change();
  };

  private readonly change = (): void => {
    this.hasChanged = true;
    this.wake?.();
  };
}
