import type { SubjectView } from '#domain';
import { categoryOf } from '#kernel';
import type { Projection, Row } from '#projection-engine';
import { accounts } from './accounts.js';
import { type EntryDraft, type ProposedEntry, proposeEntry } from './entry.js';
import { orderEntries } from './order-rules.js';
import { stockEntries, unappliedEntries } from './other-rules.js';
import {
  balanceTable,
  contractBalanceTable,
  proposedEntryTable,
  proposedLineTable,
} from './tables.js';

const ruleVersion = 1;

/** Proposed journal entries by rule set 1, with balances per account and per contract. */
export const erpPostings: Projection<SubjectView> = {
  name: 'erp_postings',
  version: 1,
  tables: [proposedEntryTable, proposedLineTable, balanceTable, contractBalanceTable],
  rowsOf: (view) =>
    draftsOf(view)
      .map((draft) => proposeEntry(draft, view.reference))
      .flatMap((entry) => rowsOfEntry(entry, view.subject)),
};

function draftsOf(view: SubjectView): readonly EntryDraft[] {
  switch (categoryOf(view.subject)) {
    case 'order':
      return orderEntries(view);
    case 'payment':
      return unappliedEntries(view);
    case 'receipt':
    case 'issue':
      return stockEntries(view);
    default:
      return [];
  }
}

function rowsOfEntry(entry: ProposedEntry, subject: string): readonly Row[] {
  const rows: Row[] = [entryRow(entry, subject)];
  const { legalEntity, currency, contract } = entry;
  if (legalEntity === null || currency === null) return rows;
  entry.lines.forEach(({ account, debit, credit }, index) => {
    const onContract = account === accounts.contract ? contract : null;
    rows.push({
      table: 'proposed_line',
      values: [entry.entryId, index, account, onContract, debit, credit],
    });
    rows.push({
      table: 'balance',
      values: [legalEntity, account, currency, entry.period, debit, credit],
    });
    if (onContract !== null) {
      rows.push({
        table: 'contract_balance',
        values: [onContract, legalEntity, currency, entry.debtor, debit, credit],
      });
    }
  });
  return rows;
}

function entryRow(entry: ProposedEntry, subject: string): Row {
  return {
    table: 'proposed_entry',
    values: [
      entry.entryId,
      entry.event.eventId,
      entry.event.type,
      entry.event.leaf,
      entry.contract,
      entry.rule,
      ruleVersion,
      entry.legalEntity,
      entry.currency,
      entry.occurredOn,
      entry.period,
      entry.reason === null ? 'complete' : 'incomplete',
      entry.reason,
      subject,
    ],
  };
}
