import type { SourceCount } from '#events';
import {
  anyObject,
  anyOf,
  digits,
  instant,
  listOf,
  objectOf,
  optional,
  orNull,
  pageMembers,
  pageOfSchema,
  text,
  whole,
} from '../documentation/answer-schema.js';
import { parkedMembers, pastMembers } from '../reads/read.answers.js';
import type { CustomerTimelineAnswer, OrderErasure, TimelineAnswer } from './get-timeline.query.js';
import type { Evidence } from './get-evidence.query.js';
import type { CustomerItem, TimelineItem } from './timeline-items.js';

const timeMembers = {
  occurredAt: orNull(text),
  precision: text,
  notBefore: orNull(text),
  notAfter: orNull(text),
  local: orNull(text),
};

const itemMembers = {
  ...timeMembers,
  eventId: text,
  type: text,
  kind: text,
  account: text,
  standing: text,
  standingReason: orNull(text),
  leaf: text,
  data: anyObject,
  recordedAt: instant,
  revision: digits,
  sequence: digits,
  deliveryDigest: text,
  words: text,
  customerWords: orNull(text),
};

const told = {
  ...pastMembers,
  ...parkedMembers,
  leaf: text,
  zone: text,
  erasure: orNull(objectOf<OrderErasure>({ erasureId: text, stage: text, until: orNull(text) })),
};

const sourceCount = objectOf<SourceCount>({
  span: optional(text),
  numberRange: optional(text),
  sequence: optional(whole),
});

export const evidenceSchema = pageOfSchema(
  objectOf<Evidence>({
    eventId: text,
    leaf: text,
    revision: digits,
    sequence: digits,
    source: text,
    deliveryDigest: text,
    deliveryId: orNull(text),
    sourceCount: orNull(sourceCount),
    transaction: orNull(text),
    version: orNull(text),
    actor: orNull(text),
    recordedBy: orNull(text),
    position: orNull(text),
  }),
);

const under = listOf(objectOf<TimelineItem['under'][number]>(itemMembers));

export const timelineSchema = anyOf(
  objectOf<TimelineAnswer>({
    ...told,
    ...pageMembers(objectOf<TimelineItem>({ ...itemMembers, under })),
  }),
  objectOf<CustomerTimelineAnswer>({
    ...told,
    ...pageMembers(objectOf<CustomerItem>({ ...timeMembers, words: text })),
  }),
);
