import type {
  CommitmentRow,
  PromiseRow,
  RefundRow,
  TenderRow,
} from '../../../../../projections/order-timeline/v1/order-part-queries.js';
import type {
  FindingRow,
  OrderHeader,
} from '../../../../../projections/order-timeline/v1/queries.js';
import type { Risk } from '../../../../../projections/order-timeline/v1/risks.js';
import type { UnitsInState } from '../../../../../projections/order-timeline/v1/units-by-state.js';
import type { ToldFinding } from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import {
  digits,
  listOf,
  number,
  objectOf,
  orNull,
  pageOfSchema,
  text,
  whole,
} from '../documentation/answer-schema.js';
import { parkedMembers, pastMembers } from '../reads/read.answers.js';
import type { OrderAnswer, OrderLineAnswer } from './get-order.query.js';

export const headerMembers = {
  leaf: text,
  account: text,
  orderId: orNull(text),
  status: text,
  nextOwner: text,
  nextDue: text,
  blockedBy: listOf(text),
  legalEntity: orNull(text),
  currency: orNull(text),
  debtorKind: orNull(text),
  debtorId: orNull(text),
  channel: orNull(text),
  capturedAt: orNull(text),
  promised: orNull(text),
  deliveredAt: orNull(text),
  pickDueAt: orNull(text),
  pickupExpiresAt: orNull(text),
  authorizationExpiresAt: orNull(text),
  stockExpectedAt: orNull(text),
  refundExpectedAt: orNull(text),
  evidenceDueAt: orNull(text),
  exceptionDueAt: orNull(text),
  orderedMinor: digits,
  authorizedMinor: digits,
  capturedMinor: digits,
  refundedMinor: digits,
  creditedMinor: digits,
  refundOwedMinor: digits,
  findingCount: whole,
  aliasOf: orNull(text),
  lastContactSequence: orNull(digits),
};

export const headerSchema = objectOf<OrderHeader>(headerMembers);

export const risksSchema = listOf(objectOf<Risk>({ risk: text, dueAt: text }));

export const findingSchema = objectOf<ToldFinding<FindingRow>>({
  subject: text,
  code: text,
  key: text,
  words: text,
  severity: text,
  team: text,
  eventIds: listOf(text),
});

const line = objectOf<OrderLineAnswer>({
  line: text,
  kind: text,
  sku: orNull(text),
  uom: text,
  ordered: digits,
  cancelled: digits,
  dispatched: digits,
  pickedUp: digits,
  delivered: digits,
  returned: digits,
  allocated: digits,
  backordered: digits,
  released: digits,
  picked: digits,
  packed: digits,
  readyForPickup: digits,
  grossMinor: digits,
  discountMinor: digits,
  taxMinor: digits,
  status: text,
  units: listOf(objectOf<UnitsInState>({ state: text, qty: number })),
});

const promise = objectOf<PromiseRow>({
  line: orNull(text),
  promised: text,
  before: orNull(text),
  cause: orNull(text),
  setAt: orNull(text),
  account: text,
  eventId: text,
});

const tender = objectOf<TenderRow>({
  payment: text,
  tender: text,
  currency: text,
  authorizedMinor: digits,
  openAuthorizationMinor: digits,
  expiresAt: orNull(text),
  capturedMinor: digits,
  refundedMinor: digits,
  disputedMinor: digits,
  settledMinor: digits,
});

const refund = objectOf<RefundRow>({
  key: text,
  state: text,
  payment: orNull(text),
  refund: orNull(text),
  tender: orNull(text),
  minor: digits,
  currency: text,
  grantedAt: orNull(text),
  approvedAt: orNull(text),
  sentAt: orNull(text),
  settledAt: orNull(text),
  expectedAt: orNull(text),
  reference: orNull(text),
});

const commitment = objectOf<CommitmentRow>({
  kind: text,
  key: text,
  line: orNull(text),
  place: orNull(text),
  qty: digits,
  minor: digits,
  unit: orNull(text),
  dueAt: orNull(text),
});

export const orderSchema = objectOf<OrderAnswer>({
  ...headerMembers,
  ...pastMembers,
  ...parkedMembers,
  told: objectOf<OrderAnswer['told']>({ agent: text, customer: text }),
  risks: risksSchema,
  lines: listOf(line),
  promises: listOf(promise),
  tenders: listOf(tender),
  refunds: listOf(refund),
  commitments: listOf(commitment),
  findings: pageOfSchema(findingSchema),
});
