import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const approval = 'approval-desk:ap1';
const stock = 'inventory-mug:dc1';
const owner = { kind: 'legal_entity', id: 'de01' };
const invoice = 'supplierInvoice-supplier:i1';
const posting = 'posting-daybook:p1';
const batch = 'reconciliation-daybook:r1';

function told<Type extends EventType>(
  type: Type,
  leaf: string,
  data: EventData<Type>,
  day = 2,
): AnyLedgerEvent {
  const account = /^[a-zA-Z]+-([^:]+)/.exec(leaf)?.[1] ?? 'shop';
  const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  return fact(type, leaf, data, { account, at });
}

/** The codes of all findings of these facts, once each, sorted. */
function findings(events: readonly AnyLedgerEvent[]): readonly string[] {
  const rows = fullFold(events).get('order_timeline.finding')?.values() ?? [];
  return [...new Set([...rows].map(([, code]) => String(code)))].sort();
}

const captured = told('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: 'A',
      kind: 'goods',
      sku: 'mug',
      qty: 2,
      uom: 'each',
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});
const credited = (approvalId: string, minor = 500) =>
  told('CreditGranted', order, {
    creditMemo: `cm${minor}`,
    legalEntity: 'de01',
    currency: 'EUR',
    basis: 'goodwill',
    lines: [{ net: euro(minor), tax: euro(0) }],
    approvalId,
  });
const refundApproved = (minor: number) =>
  told('RefundApproved', 'payment-psp:1', {
    request: 'rq',
    amount: euro(minor),
    approval,
    orderRefs: [{ order, amount: euro(minor) }],
  });
const asked = (minor?: number, requestedBy = 'anna') =>
  told('ApprovalRequested', approval, {
    action: 'credit',
    about: [order],
    requestedBy,
    ...(minor === undefined ? {} : { amount: euro(minor) }),
  });
const granted = (decidedBy = 'berta') => told('ApprovalGranted', approval, { decidedBy }, 3);
const denied = told('ApprovalDenied', approval, { decidedBy: 'berta' }, 3);

describe('what was done by an approval', () => {
  const about = (...events: readonly AnyLedgerEvent[]) =>
    findings([captured, ...events]).filter((code) => code.startsWith('approv'));
  it.each<[string, readonly AnyLedgerEvent[], readonly string[]]>([
    ['that nobody knows', [credited(approval)], ['approval_missing']],
    ['that was only asked for', [asked(500), credited(approval)], ['approval_missing']],
    ['that was denied', [asked(500), denied, credited(approval)], ['approval_missing']],
    ['that was granted', [asked(500), granted(), credited(approval)], []],
    ['that was granted without being asked for', [granted(), credited(approval)], []],
    ['that is named by its own id', [granted(), asked(), credited('ap1')], []],
    ['for less than was done', [asked(400), granted(), credited(approval)], ['approval_exceeded']],
    [
      'for less than was done in two parts',
      [asked(600), granted(), credited(approval, 500), credited(approval, 200)],
      ['approval_exceeded'],
    ],
    ['for any amount', [asked(), granted(), credited(approval)], []],
    [
      'for a credit and the refund that pays it',
      [asked(500), granted(), credited(approval), refundApproved(500)],
      [],
    ],
    [
      'for less than was to be refunded',
      [asked(500), granted(), credited(approval), refundApproved(600)],
      ['approval_exceeded'],
    ],
    [
      'by who asked for it',
      [asked(500), granted('anna'), credited(approval)],
      ['approved_by_requester'],
    ],
    [
      'by who asked for it, and by another',
      [asked(500), granted('anna'), granted('berta'), credited(approval)],
      [],
    ],
  ])('is told of one %s', (_name, events, expected) => {
    expect(about(...events)).toEqual(expected);
    expect(about(...[...events].reverse())).toEqual(expected);
  });
  it('is found for what no order is known for', () => {
    const adjusted = told('StockAdjusted', stock, {
      owner,
      bucket: 'sellable',
      delta: -1,
      uom: 'each',
      adjustment: 'sa1',
      line: '1',
      reason: 'theft',
      approval,
    });
    expect(findings([adjusted])).toEqual(['approval_missing']);
    expect(findings([adjusted, granted()])).toEqual([]);
  });
});

describe('what others found not to agree', () => {
  const mismatched = told('SupplierInvoiceMismatched', invoice, {
    line: '2',
    difference: 'not_ordered',
    expected: euro(0),
    invoiced: euro(1_500),
  });
  const matched = told('SupplierInvoiceMatched', invoice, {
    line: '2',
    received: euro(1_500),
    priceVariance: euro(0),
    tax: euro(0),
    legalEntity: 'de01',
  });
  const creditNote = told('SupplierCreditNoteReceived', 'supplierInvoice-supplier:c1', {
    legalEntity: 'de01',
    currency: 'EUR',
    lines: [{ line: '1', net: euro(1_500), tax: euro(0) }],
    invoice,
  });
  const broken = told('ReconciliationBreakFound', batch, {
    item: '1',
    type: 'amount_differs',
    comparison: 'ledger_to_erp',
    matchedBy: 'cash 2026-03-01',
    expected: euro(100),
    found: euro(90),
  });
  const settled = told('BreakResolved', batch, { item: '1', resolution: 'timing' });
  const refused = (attempt: number) =>
    told('ErpPostingRejected', posting, { attempt, code: 'period_closed' });
  const confirmed = (document: string) =>
    told('ErpPostingConfirmed', posting, { document, period: '2026-03' });
  const discrepancy = told('StockDiscrepancyDetected', stock, {
    owner,
    uom: 'each',
    measure: 'on_hand',
    expected: 7,
    reported: 5,
    reportedBy: 'store',
  });
  const counting = { line: '1', sku: 'mug', node: 'dc1' };
  const started = told('CycleCountStarted', 'stockCount-wms:c1', {
    ...counting,
    discrepancy: discrepancy.eventId,
  });
  const counted = told('CycleCountRecorded', 'stockCount-wms:c1', {
    ...counting,
    owner,
    bucket: 'sellable',
    counted: 7,
    uom: 'each',
  });
  it.each<[string, readonly AnyLedgerEvent[], readonly string[]]>([
    ['a supplier’s invoice', [mismatched], ['supplier_invoice_mismatched']],
    ['an invoice that was let pass', [mismatched, matched], []],
    ['an invoice that was credited', [mismatched, creditNote], []],
    ['two systems', [broken], ['reconciliation_break_open']],
    ['two systems, settled', [broken, settled], []],
    ['an entry the ERP refused', [refused(1)], ['erp_posting_rejected']],
    ['an entry the ERP took later', [refused(1), confirmed('d1')], []],
    ['an entry the ERP has twice', [confirmed('d1'), confirmed('d2')], ['posted_twice']],
    ['stock', [discrepancy], ['stock_discrepancy_open']],
    ['stock that is being counted', [discrepancy, started], ['stock_discrepancy_open']],
    ['stock that was counted', [discrepancy, started, counted], []],
  ])('is told of %s', (_name, events, expected) => {
    expect(findings(events)).toEqual(expected);
    expect(findings([...events].reverse())).toEqual(expected);
  });
});
