import type {
  AccountBalance,
  BalanceTotal,
  EntryCount,
  EntryLine,
  ProposedEntry,
} from '../../../../../projections/erp-postings/v1/queries.js';
import type { PaymentsOfTender } from '../../../../../projections/order-timeline/v1/queries.js';
import {
  digits,
  listOf,
  mapOf,
  objectOf,
  orNull,
  pageMembers,
  text,
  whole,
} from '../documentation/answer-schema.js';
import { pastMembers, standingMembers } from '../reads/read.answers.js';
import type { StatisticsAnswer } from '../statistics/get-statistics.query.js';
import type { TrialBalanceAnswer } from './get-trial-balance.query.js';
import type { EntriesAnswer } from './list-entries.query.js';

const entryLine = objectOf<EntryLine>({
  account: text,
  contract: orNull(text),
  debitMinor: digits,
  creditMinor: digits,
});

const entry = objectOf<ProposedEntry>({
  entryId: text,
  eventId: text,
  eventType: text,
  leaf: text,
  contract: orNull(text),
  rule: text,
  ruleVersion: whole,
  legalEntity: orNull(text),
  currency: orNull(text),
  occurredOn: orNull(text),
  period: text,
  status: text,
  reason: orNull(text),
  lines: listOf(entryLine),
});

const totalMembers = { legalEntity: text, currency: text, debitMinor: digits, creditMinor: digits };
const totals = listOf(objectOf<BalanceTotal>(totalMembers));

export const entriesSchema = objectOf<EntriesAnswer>({ ...pastMembers, ...pageMembers(entry) });

export const trialBalanceSchema = objectOf<TrialBalanceAnswer>({
  ...pastMembers,
  ...standingMembers,
  ...pageMembers(objectOf<AccountBalance>({ ...totalMembers, account: text })),
  totals,
});

export const statisticsSchema = objectOf<StatisticsAnswer>({
  ...standingMembers,
  eventsByType: mapOf(digits),
  ordersByStatus: mapOf(digits),
  orderLines: digits,
  items: digits,
  payments: listOf(
    objectOf<PaymentsOfTender>({ tender: text, currency: text, count: digits, minor: digits }),
  ),
  findingsByCode: mapOf(digits),
  entries: listOf(objectOf<EntryCount>({ status: text, reason: orNull(text), count: digits })),
  balances: totals,
});
