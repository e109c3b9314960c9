import type { ServerErrorResponse, ServerWritableStream } from '@grpc/grpc-js';
import { Signal } from './signal.js';

/** The answers of a call, written no faster than the client takes them. */
export class ResponseStream {
  readonly #call: ServerWritableStream<unknown, Buffer>;
  readonly #drained = new Signal();
  #isOpen = true;

  /** @param onClosed - called once the client has gone or the call was ended */
  constructor(call: ServerWritableStream<unknown, Buffer>, onClosed: () => void) {
    this.#call = call;
    const close = (): void => {
      this.#isOpen = false;
      this.#drained.raise();
      onClosed();
    };
    // A cancelled call never drains.
    for (const end of ['cancelled', 'close', 'error']) call.once(end, close);
    call.on('drain', () => this.#drained.raise());
  }

  /** False once nothing written would reach anybody. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#call.writableEnded;
  }

  /** Resolves when the next may be written; false where the call is over. */
  async write(answer: Buffer): Promise<boolean> {
    if (!this.isOpen) return false;
    if (!this.#call.write(answer)) await this.#drained.wait();
    return this.isOpen;
  }

  end(): void {
    if (this.isOpen) this.#call.end();
  }

  /** Ends the call with an error, after what was written to it. */
  fail(error: ServerErrorResponse): void {
    if (this.isOpen) this.#call.emit('error', error);
  }
}
