import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages on our log; what it says about its start is only for debugging. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, ...context: unknown[]): void {
    this.#logger.debug({ context }, String(message));
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.#logger.debug({ context }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.#logger.warn({ context }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.#logger.error({ context }, String(message));
  }
}
