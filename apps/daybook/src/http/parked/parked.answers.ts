import type { ParkedEventEntry, RetryAnswer } from '#projection-engine';
import type { ParkedKeyView, ParkedView, ResolutionResult } from '../../parking/parked-desk.js';
import type { Resolution } from '../../parking/resolutions.js';
import {
  anyOf,
  instant,
  listOf,
  objectOf,
  oneOf,
  optional,
  text,
  whole,
} from '../documentation/answer-schema.js';

type Retried = Extract<RetryAnswer, { readonly outcome: 'retried' }>;
type Resolved = Extract<ResolutionResult, { readonly outcome: 'resolved' }>;

const parkedEvent = objectOf<ParkedEventEntry>({
  sequence: whole,
  leaf: text,
  revision: whole,
  eventId: text,
  type: text,
  code: text,
  message: text,
});

const resolution = objectOf<Resolution>({
  eventId: text,
  decision: oneOf('skip'),
  reason: text,
  decidedBy: text,
  leaf: text,
  revision: whole,
  key: text,
  decidedAt: instant,
});

export const parkedSchema = objectOf<ParkedView>({
  keys: listOf(
    objectOf<ParkedKeyView>({
      key: text,
      sinceSequence: whole,
      since: instant,
      eventId: text,
      code: text,
      message: text,
      events: whole,
      first: listOf(parkedEvent),
    }),
  ),
  resolutions: listOf(resolution),
});

export const retriedSchema = objectOf<Retried>({
  outcome: oneOf('retried'),
  applied: whole,
  skipped: whole,
  stillParked: whole,
  code: optional(text),
  message: optional(text),
});

/** A repeat of what was decided finds nothing parked any more. */
const nothingParked = objectOf<{ readonly outcome: 'not_parked' }>({
  outcome: oneOf('not_parked'),
});

export const resolvedSchema = objectOf<Resolved>({
  outcome: oneOf('resolved'),
  resolution,
  retry: anyOf(retriedSchema, nothingParked),
});
