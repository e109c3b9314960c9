import type { EventType } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { SubjectView } from '../subject-view.js';

/** What others found not to agree under these homes, and nobody settled since. */
export function openDifferenceFindings(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly Finding[] {
  return [
    ...supplierInvoiceFindings(view, homes),
    ...breakFindings(view, homes),
    ...postingFindings(view, homes),
    ...discrepancyFindings(view, homes),
  ];
}

function within<Type extends EventType>(view: SubjectView, homes: ReadonlySet<string>, type: Type) {
  return view.effective(type).filter(({ resolved }) => homes.has(resolved.home));
}

/** A line is held back until it is matched after all, or the supplier credits its invoice. */
function supplierInvoiceFindings(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly Finding[] {
  const mismatched = within(view, homes, 'SupplierInvoiceMismatched');
  if (mismatched.length === 0) return [];
  const matched = new Set(
    view
      .effective('SupplierInvoiceMatched')
      .map(({ event: { leaf, data } }) => JSON.stringify([leaf, data.line])),
  );
  const credited = new Set(
    view.effective('SupplierCreditNoteReceived').map(({ event }) => event.data.invoice),
  );
  return mismatched
    .filter(
      ({ event: { leaf, data } }) =>
        !credited.has(leaf) && !matched.has(JSON.stringify([leaf, data.line])),
    )
    .map(({ event: { eventId, leaf, data } }) =>
      findingOf(
        'supplier_invoice_mismatched',
        `${leaf} ${data.line}`,
        {
          expected: amountTold(data.expected),
          found: amountTold(data.invoiced),
          difference: data.difference,
        },
        [eventId],
      ),
    );
}

function breakFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  const found = within(view, homes, 'ReconciliationBreakFound');
  if (found.length === 0) return [];
  const settled = new Set(
    [...view.effective('BreakResolved'), ...view.effective('ReconciliationMatched')].map(
      ({ event: { leaf, data } }) => JSON.stringify([leaf, data.item]),
    ),
  );
  return found
    .filter(({ event: { leaf, data } }) => !settled.has(JSON.stringify([leaf, data.item])))
    .map(({ event: { eventId, leaf, data } }) =>
      findingOf(
        'reconciliation_break_open',
        `${leaf} ${data.item}`,
        { expected: amountTold(data.expected), found: amountTold(data.found) },
        [eventId],
      ),
    );
}

/** What the ERP refused is requested again with a next attempt, or stays out of its books. */
function postingFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  const rejected = within(view, homes, 'ErpPostingRejected');
  const confirmed = within(view, homes, 'ErpPostingConfirmed');
  const posted = new Map<string, string[]>();
  for (const { event } of confirmed) {
    posted.set(event.leaf, [...(posted.get(event.leaf) ?? []), event.eventId]);
  }
  const lastAttempt = (leaf: string): number =>
    Math.max(
      0,
      ...view
        .effective('ErpPostingRequested')
        .filter(({ event }) => event.leaf === leaf)
        .map(({ event }) => event.data.attempt),
    );
  return [
    ...rejected
      .filter(({ event: { leaf, data } }) => !posted.has(leaf) && lastAttempt(leaf) <= data.attempt)
      .map(({ event: { eventId, leaf, data } }) =>
        findingOf(
          'erp_posting_rejected',
          leaf,
          { leaf, attempt: data.attempt, reason: data.code },
          [eventId],
        ),
      ),
    ...[...posted]
      .filter(([, ids]) => ids.length > 1)
      .map(([leaf, ids]) => findingOf('posted_twice', leaf, { leaf, times: ids.length }, ids)),
  ];
}

/** A count or an adjustment that was made because of it shows that somebody looked. */
function discrepancyFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  const detected = within(view, homes, 'StockDiscrepancyDetected');
  if (detected.length === 0) return [];
  const counted = new Set(
    view
      .effective('CycleCountRecorded')
      .map(({ event: { leaf, data } }) => JSON.stringify([leaf, data.line])),
  );
  const looked = new Set([
    ...view
      .effective('CycleCountStarted')
      .filter(({ event: { leaf, data } }) => counted.has(JSON.stringify([leaf, data.line])))
      .map(({ event }) => event.data.discrepancy),
    ...view.effective('StockAdjusted').map(({ event }) => event.data.discrepancy),
  ]);
  return detected
    .filter(({ event }) => !looked.has(event.eventId))
    .map(({ event: { eventId, data } }) =>
      findingOf(
        'stock_discrepancy_open',
        eventId,
        {
          expected: data.expected,
          found: data.reported,
          by: data.reportedBy,
          measure: data.measure,
        },
        [eventId],
      ),
    );
}
