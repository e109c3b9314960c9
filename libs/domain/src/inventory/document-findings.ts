import { homeOfPurchaseOrderLine } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { countLinesOf } from './count-lines.js';
import { type PurchaseLine, purchaseLinesOf } from './purchase-lines.js';
import { type TransferLine, transferLinesOf } from './transfers.js';

/** What does not agree between documents of goods and the stock they speak of. */
export function documentFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  return [
    ...transferLinesOf(view)
      .filter(({ home }) => attached.has(home))
      .flatMap(transferFindings),
    ...purchaseLinesOf(view)
      .filter(({ purchaseOrder, line }) =>
        attached.has(homeOfPurchaseOrderLine(purchaseOrder, line)),
      )
      .flatMap((line) => purchaseFindings(view, line)),
    ...receiptFindings(view, attached),
    ...countFindings(view, attached),
  ];
}

function transferFindings(transfer: TransferLine): readonly Finding[] {
  const { inTransit, issued, received, writtenOff, lost, hasArrived, eventIds } = transfer;
  const key = `${transfer.transfer} ${transfer.line}`;
  const found: Finding[] = [];
  if (hasArrived && inTransit > 0) {
    const facts = { expected: issued, found: received, units: inTransit };
    found.push(findingOf('transfer_shortage_open', key, facts, eventIds));
  }
  if (inTransit < 0) {
    const facts = { expected: issued, found: received + writtenOff };
    found.push(findingOf('transfer_received_more_than_sent', key, facts, eventIds));
  }
  if (lost > writtenOff) {
    const facts = { expected: lost, found: writtenOff };
    found.push(findingOf('transfer_loss_not_written_off', key, facts, eventIds));
  }
  return found;
}

function purchaseFindings(view: SubjectView, line: PurchaseLine): readonly Finding[] {
  const { ordered, confirmed, received, shipTo, eventIds } = line;
  const key = `${line.purchaseOrder} ${line.line}`;
  const found: Finding[] = [];
  if (confirmed !== null && confirmed < ordered && received < ordered) {
    const facts = { expected: ordered, found: confirmed };
    found.push(findingOf('purchase_confirmed_short', key, facts, eventIds));
  }
  const inStock = view
    .effective('StockReceived')
    .filter(
      ({ event: { data } }) =>
        data.purchaseOrder === line.purchaseOrder && data.purchaseOrderLine === line.line,
    )
    .reduce((sum, { event }) => sum + event.data.qty, 0);
  if (inStock > ordered && ordered > 0) {
    const facts = { expected: ordered, found: inStock };
    found.push(findingOf('purchase_received_more_than_ordered', key, facts, eventIds));
  }
  if (shipTo === 'customer' && inStock > 0) {
    found.push(findingOf('drop_shipment_in_stock', key, { units: inStock }, eventIds));
  }
  return found;
}

/** Receipts that do not agree with what was ordered, until one says that they do. */
function receiptFindings(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  const mismatched = view.effective('GoodsReceiptMismatched');
  if (mismatched.length === 0) return [];
  const nameOf = ({ node, receipt, line }: { node: string; receipt: string; line: string }) =>
    JSON.stringify([node, receipt, line]);
  const matched = new Set(
    view.effective('GoodsReceiptMatched').map(({ event }) => nameOf(event.data)),
  );
  return mismatched
    .filter(
      ({ event, resolved }) => attached.has(resolved.home) && !matched.has(nameOf(event.data)),
    )
    .map(({ event: { eventId, data } }) =>
      findingOf(
        'goods_receipt_mismatched',
        eventId,
        { expected: data.expectedQty, found: data.receivedQty, difference: data.difference },
        [eventId],
      ),
    );
}

function countFindings(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  return countLinesOf(view)
    .filter(({ home }) => attached.has(home))
    .flatMap((line) => {
      const { approved, adjusted, adjustedByApproval, eventIds } = line;
      if (approved === adjusted || (approved === null && adjustedByApproval)) return [];
      const key = JSON.stringify([line.stockCount, line.line, line.bucket, line.owner, line.uom]);
      if (approved === null) {
        const facts = { units: adjusted };
        return [findingOf('count_adjusted_unapproved', key, facts, eventIds)];
      }
      const facts = { expected: approved, found: adjusted };
      return [findingOf('count_variance_not_adjusted', key, facts, eventIds)];
    });
}
