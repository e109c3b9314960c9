import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const optionalText = (name: string): Column => ({ name, type: 'text', nullable: true });
const minor = (name: string): Column => ({ name, type: 'numeric' });

/** One entry for each event, rule and order; what is missing makes it incomplete. */
export const proposedEntryTable: Table = {
  name: 'proposed_entry',
  kind: 'rows',
  columns: [
    text('entry_id'),
    text('event_id'),
    text('event_type'),
    text('leaf'),
    optionalText('contract'),
    text('rule'),
    { name: 'rule_version', type: 'integer' },
    optionalText('legal_entity'),
    optionalText('currency'),
    optionalText('occurred_on'),
    text('period'),
    text('status'),
    optionalText('reason'),
    text('subject'),
  ],
  primaryKey: ['entry_id'],
  indexes: [['contract'], ['period'], ['status']],
};

/** The lines of complete entries; debit and credit of an entry are equal. */
export const proposedLineTable: Table = {
  name: 'proposed_line',
  kind: 'rows',
  columns: [
    text('entry_id'),
    { name: 'line_number', type: 'integer' },
    text('account'),
    optionalText('contract'),
    minor('debit_minor'),
    minor('credit_minor'),
  ],
  primaryKey: ['entry_id', 'line_number'],
};

export const balanceTable: Table = {
  name: 'balance',
  kind: 'sums',
  columns: [
    text('legal_entity'),
    text('account'),
    text('currency'),
    text('period'),
    minor('debit_minor'),
    minor('credit_minor'),
  ],
  primaryKey: ['legal_entity', 'account', 'currency', 'period'],
  waypointRows: 'all',
};

/** The contract account K of each order and debtor; zero where the contract is finished. */
export const contractBalanceTable: Table = {
  name: 'contract_balance',
  kind: 'sums',
  columns: [
    text('contract'),
    text('legal_entity'),
    text('currency'),
    text('debtor'),
    minor('debit_minor'),
    minor('credit_minor'),
  ],
  primaryKey: ['contract', 'legal_entity', 'currency', 'debtor'],
};
