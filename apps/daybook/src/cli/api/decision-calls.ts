import { randomUUID } from 'node:crypto';
import type { CommandRoute, SimulatedCommand } from '#simulation';
import type { DecisionAnswer } from '../../http/decisions/decision-answer.js';
import { ApiProblem } from './api-problem.js';
import type { ApiConnection } from './connection.js';

/** The account in whose name this command line asks where none is named. */
export const commandLineAccount = 'daybook.cli';

/** What was decided, and why where it was refused. */
export type Decision =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

/** Who asks for a decision, and under which key; a key of its own where none is given. */
export interface Asking {
  readonly client: string;
  readonly idempotencyKey?: string | undefined;
}

/** Commands that are decided; the same command again is the same decision. */
export class DecisionCalls {
  constructor(private readonly connection: ApiConnection) {}

  async decide<Route extends CommandRoute>(command: SimulatedCommand<Route>): Promise<Decision> {
    try {
      await this.ask(command.route, command.body, command);
      return { outcome: 'accepted' };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.body['outcome'] !== 'refused') throw error;
      return { outcome: 'refused', code: error.code, message: error.message };
    }
  }

  /** @throws ApiProblem with the code of the refusal */
  ask<Answer = DecisionAnswer>(path: string, body: object, asking: Asking): Promise<Answer> {
    return this.connection.post(path, body, {
      'idempotency-key': asking.idempotencyKey ?? randomUUID(),
      'daybook-client': asking.client,
    });
  }
}
