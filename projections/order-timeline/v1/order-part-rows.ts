import { sellerTaxMinor } from '#domain';
import type { Row } from '#projection-engine';
import { commitmentsOf } from './commitments.js';
import type { OrderPicture } from './order-picture.js';
import { lineStatus } from './status.js';

/** The lines of an order, how it is paid, what goes back and what it binds. */
export function orderPartRows(picture: OrderPicture): readonly Row[] {
  return [
    ...lineRows(picture),
    ...tenderRows(picture),
    ...refundRows(picture),
    ...commitmentRows(picture),
  ];
}

function lineRows({ view, lines }: OrderPicture): readonly Row[] {
  return lines.map((progress) => {
    const { line, ordered, cancelled, dispatched, pickedUp } = progress.units;
    const { backordered, released, picked, packed, readyForPickup } = progress.preparation;
    return {
      table: 'order_line',
      values: [
        view.subject,
        line.line,
        line.kind,
        line.sku ?? null,
        line.uom,
        ordered,
        cancelled,
        dispatched,
        pickedUp,
        progress.delivered,
        progress.returned,
        progress.allocated,
        backordered,
        released,
        picked,
        packed,
        readyForPickup,
        BigInt(line.gross.minor),
        BigInt(line.discount.minor),
        sellerTaxMinor(line),
        lineStatus(progress),
      ],
    };
  });
}

function tenderRows({ view, money }: OrderPicture): readonly Row[] {
  return money.tenders.map((split) => ({
    table: 'order_tender',
    values: [
      view.subject,
      split.payment,
      split.tender,
      split.currency,
      split.authorized,
      split.openAuthorization,
      split.expiresAt,
      split.captured,
      split.refunded,
      split.disputed,
      split.settled,
    ],
  }));
}

function refundRows({ view, money }: OrderPicture): readonly Row[] {
  return money.refunds.map((refund) => ({
    table: 'order_refund',
    values: [
      view.subject,
      refund.key,
      refund.state,
      refund.payment,
      refund.refund,
      refund.tender,
      BigInt(refund.amount.minor),
      refund.amount.currency,
      refund.grantedAt,
      refund.approvedAt,
      refund.sentAt,
      refund.settledAt,
      refund.expectedAt,
      refund.reference,
    ],
  }));
}

function commitmentRows(picture: OrderPicture): readonly Row[] {
  return commitmentsOf(picture).map((commitment) => ({
    table: 'order_commitment',
    values: [
      picture.view.subject,
      commitment.kind,
      commitment.key,
      commitment.line,
      commitment.place,
      commitment.qty,
      commitment.minor,
      commitment.unit,
      commitment.dueAt,
    ],
  }));
}
