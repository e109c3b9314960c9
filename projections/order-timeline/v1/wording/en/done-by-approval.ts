import type { EventData, EventType } from '#events';

/** The events that name an approval. */
type ApprovedType = {
  [Type in EventType]: keyof EventData<Type> & ('approval' | 'approvalId') extends never
    ? never
    : Type;
}[EventType];

/** What is done by an approval; the compiler lists the event that has no words. */
const doneWords: Readonly<Record<ApprovedType, string>> = {
  OrderMarkedDuplicate: 'an order was marked as a duplicate',
  OrderMergeReverted: 'the merge of two orders was undone',
  OrderLineSubstituted: 'a line was replaced',
  CreditGranted: 'a credit was granted',
  ContractBalanceTransferred: 'a balance was moved to another order',
  ContractBalanceWrittenOff: 'a balance was written off',
  RefundApproved: 'a refund was approved',
  RefundRejected: 'a refund was rejected',
  StockAdjusted: 'stock was put right',
  StockWrittenOff: 'stock was written off',
  CountVarianceApproved: 'a difference of a count was approved',
  TransferVarianceResolved: 'a difference of a transfer was settled',
  SupplierInvoiceMatched: 'the invoice of a supplier was accepted',
  BreakResolved: 'a difference between two systems was settled',
  ErpPostingRequested: 'an entry was sent to the ERP',
  ManualEntryApproved: 'a manual entry was approved',
  RuleSetApproved: 'rules were approved',
  PeriodClosed: 'a period was closed',
  PeriodReopened: 'a period was opened again',
};

/** What was done, as the beginning of a sentence: `A balance was written off and …`. */
export function doneInWords(types: readonly EventType[]): string {
  const words: Readonly<Record<string, string>> = doneWords;
  const done = [...new Set(types)].map((type) => words[type] ?? type).join(' and ');
  return `${done.slice(0, 1).toUpperCase()}${done.slice(1)}`;
}
