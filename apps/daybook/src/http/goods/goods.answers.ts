import type {
  BackorderRow,
  IncomingRow,
} from '../../../../../projections/inventory-reservations/v1/goods-queries.js';
import type { TransferLineRow } from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import { digits, objectOf, orNull, pageOfSchema, text } from '../documentation/answer-schema.js';

const place = { sku: text, node: text, ownerKind: text, ownerId: text, uom: text };

export const backordersSchema = pageOfSchema(
  objectOf<BackorderRow>({
    ...place,
    authority: text,
    backorder: text,
    line: text,
    order: text,
    orderLine: text,
    backordered: digits,
    filled: digits,
    released: digits,
    open: digits,
    expectedAt: orNull(text),
  }),
);

export const incomingSchema = pageOfSchema(
  objectOf<IncomingRow>({
    ...place,
    purchaseOrder: text,
    purchaseOrderLine: text,
    expected: digits,
    received: digits,
    open: digits,
    certainty: text,
    expectedAt: orNull(text),
  }),
);

export const transfersSchema = pageOfSchema(
  objectOf<TransferLineRow>({
    transfer: text,
    line: text,
    sku: orNull(text),
    uom: orNull(text),
    from: orNull(text),
    to: orNull(text),
    order: orNull(text),
    orderLine: orNull(text),
    requested: digits,
    issued: digits,
    received: digits,
    writtenOff: digits,
    inTransit: digits,
    state: text,
    sentAt: orNull(text),
    expectedAt: orNull(text),
  }),
);
