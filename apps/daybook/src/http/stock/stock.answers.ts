import type {
  ReservationRow,
  StockRow,
} from '../../../../../projections/inventory-reservations/v1/queries.js';
import {
  digits,
  listOf,
  objectOf,
  pageMembers,
  pageOfSchema,
  text,
} from '../documentation/answer-schema.js';
import { parkedMembers, pastMembers } from '../reads/read.answers.js';
import type { StockAnswer } from './get-stock.query.js';

const stockRow = objectOf<StockRow>({
  sku: text,
  node: text,
  ownerKind: text,
  ownerId: text,
  uom: text,
  sellable: digits,
  qualityControl: digits,
  damaged: digits,
  unsellableOther: digits,
  onHand: digits,
  inTransit: digits,
  allocated: digits,
  softReserved: digits,
  reserved: digits,
  available: digits,
  backordered: digits,
  incoming: digits,
  safetyStock: digits,
  threshold: digits,
  availableToSell: digits,
  availableToPromise: digits,
});

const reservation = objectOf<ReservationRow>({
  authority: text,
  allocation: text,
  line: text,
  node: text,
  ownerKind: text,
  ownerId: text,
  uom: text,
  orderLeaf: text,
  orderLine: text,
  allocated: digits,
  deallocated: digits,
  issued: digits,
  open: digits,
});

export const stockSchema = objectOf<StockAnswer>({
  ...pastMembers,
  ...parkedMembers,
  sku: text,
  openReservations: listOf(reservation),
  ...pageMembers(stockRow),
});

export const oversoldSchema = pageOfSchema(stockRow);
