import type { TrialBalanceAnswer } from '../../http/books/get-trial-balance.query.js';
import type { ApiConnection } from './connection.js';
import type { PastChoice } from './order-calls.js';

interface TrialBalanceChoice extends PastChoice {
  readonly period?: string | undefined;
}

/** The books, and money beside them. */
export class MoneyCalls {
  constructor(private readonly connection: ApiConnection) {}

  trialBalance({ period, at }: TrialBalanceChoice = {}): Promise<TrialBalanceAnswer> {
    return this.connection.readAll('/v1/trial-balance', { period, at });
  }
}
