import {
  anyOf,
  listOf,
  objectOf,
  oneOf,
  optional,
  orNull,
  text,
  whole,
} from '../documentation/answer-schema.js';
import type { BatchAnswer, EventOutcome } from './event-outcome.js';

type Written = Extract<EventOutcome, { readonly eventId: string }>;
type NotWritten = Exclude<EventOutcome, Written>;

/** What became of an event that is in the ledger, now or since before. */
export const writtenSchema = objectOf<Written>({
  id: orNull(text),
  outcome: oneOf('recorded', 'repeated'),
  eventId: text,
  leaf: text,
  revision: whole,
});

const notWritten = objectOf<NotWritten>({
  id: orNull(text),
  outcome: oneOf('quarantined', 'refused'),
  code: text,
  message: text,
  field: optional(text),
});

const batch = objectOf<BatchAnswer>({
  outcomes: listOf(anyOf(writtenSchema, notWritten)),
  position: orNull(text),
});

/** A repeat of one event, or the outcomes of a batch. */
export const repeatOrBatchSchema = anyOf(writtenSchema, batch);
