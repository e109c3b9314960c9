import type { Logger } from 'pino';
import { messageOf } from './start-error.js';

/** How long one part may take to end before the next one is ended all the same. */
const partMillisecondsMax = 30_000;

interface Part {
  readonly name: string;
  readonly close: () => Promise<unknown>;
}

/** What was opened, to be closed in the opposite order; a part that fails does not keep the others. */
export class Closing {
  readonly #parts: Part[] = [];
  readonly #logger: Logger;
  #closed: Promise<void> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(name: string, close: () => Promise<unknown>): void {
    this.#parts.push({ name, close });
  }

  /** Closes everything; may be repeated. */
  close(): Promise<void> {
    return (this.#closed ??= this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    for (const part of this.#parts.splice(0).reverse()) {
      try {
        await this.#closePart(part);
      } catch (error) {
        this.#logger.error({ err: error }, `${part.name} did not end well: ${messageOf(error)}`);
      }
    }
  }

  async #closePart({ name, close }: Part): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`it did not end within ${partMillisecondsMax} ms`));
      }, partMillisecondsMax);
    });
    try {
      await Promise.race([close(), late]);
      this.#logger.debug(`${name} ended`);
    } finally {
      clearTimeout(timer);
    }
  }
}
