import type {
  FindingCount,
  Orphan,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import type { FoundSubject } from '../../../../../projections/order-timeline/v1/search-queries.js';
import {
  digits,
  listOf,
  objectOf,
  orNull,
  pageOfSchema,
  text,
} from '../documentation/answer-schema.js';
import type { FindingCounts } from './count-findings.query.js';
import type { ListedOrder } from './list-orders.query.js';
import { findingSchema, headerMembers, headerSchema, risksSchema } from './order.answers.js';

export const ordersSchema = pageOfSchema(
  objectOf<ListedOrder>({ ...headerMembers, risks: risksSchema }),
);

export const findingsSchema = pageOfSchema(findingSchema);

export const findingCountsSchema = objectOf<FindingCounts>({
  items: listOf(
    objectOf<FindingCount>({
      code: text,
      severity: text,
      team: text,
      count: digits,
      orders: digits,
    }),
  ),
});

export const orphansSchema = pageOfSchema(
  objectOf<Orphan>({
    subject: text,
    entries: digits,
    types: listOf(text),
    accounts: listOf(text),
    firstRecordedAt: text,
  }),
);

export const searchSchema = pageOfSchema(
  objectOf<FoundSubject>({ subject: text, matched: listOf(text), header: orNull(headerSchema) }),
);
