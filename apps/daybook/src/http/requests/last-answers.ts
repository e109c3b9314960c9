import type { Server } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/** How long requests under way may take once the API stops; less than what a part has to end in. */
const lastAnswersMillisecondsMax = 20_000;

/**
 * Lets a server end though clients go on sending: a server that only stops listening serves the
 * connections it has for as long as they are never idle.
 */
export class LastAnswers {
  #stopping = false;

  /** From the stop on, each connection is told to end with the answer it gets. */
  readonly middleware = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.#stopping) response.setHeader('Connection', 'close');
    next();
  };

  /** Ends the server by `close`, and cuts off what is still unanswered after the time allowed. */
  async give(server: Server, close: () => Promise<void>): Promise<void> {
    this.#stopping = true;
    const cutOff = setTimeout(() => server.closeAllConnections(), lastAnswersMillisecondsMax);
    try {
      await close();
    } finally {
      clearTimeout(cutOff);
    }
  }
}
