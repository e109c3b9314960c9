import type { ContractBalanceRow } from '../../../../../projections/erp-postings/v1/contract-queries.js';
import type {
  PayoutRow,
  TillCountRow,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import type { TrialBalanceAnswer } from '../../http/books/get-trial-balance.query.js';
import type { GiftCardAnswer, ListedGiftCard } from '../../http/money/gift-card-reads.js';
import type { PayoutAnswer } from '../../http/money/payout-reads.js';
import type { Page } from '../../http/requests/page.js';
import { pathSegment } from '../http-request.js';
import type { ApiConnection, Parameters } from './connection.js';
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

  contracts(filter: Parameters, rows: number): Promise<Page<ContractBalanceRow>> {
    return this.connection.readSome('/v1/contract-balances', filter, rows);
  }

  giftCards(filter: Parameters, rows: number): Promise<Page<ListedGiftCard>> {
    return this.connection.readSome('/v1/gift-cards', filter, rows);
  }

  /** @param card its leaf, or with `account` its id as its issuer has it */
  giftCard(card: string, account: string | undefined): Promise<GiftCardAnswer> {
    return this.connection.readAll(`/v1/gift-cards/${pathSegment(card)}`, { account });
  }

  payouts(filter: Parameters, rows: number): Promise<Page<PayoutRow>> {
    return this.connection.readSome('/v1/payouts', filter, rows);
  }

  /** @param batch its leaf, or with `account` its id as its issuer has it */
  payout(batch: string, account: string | undefined): Promise<PayoutAnswer> {
    return this.connection.readAll(`/v1/payouts/${pathSegment(batch)}`, { account });
  }

  tills(filter: Parameters, rows: number): Promise<Page<TillCountRow>> {
    return this.connection.readSome('/v1/tills', filter, rows);
  }
}
