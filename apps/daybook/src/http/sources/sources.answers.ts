import type {
  ComparedSum,
  Completeness,
  Gap,
  HeldNumbers,
} from '../../../../../projections/source-control/v1/completeness.js';
import {
  digits,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  pageOfSchema,
  text,
  whole,
} from '../documentation/answer-schema.js';
import type { AuthorityAnswer, AuthorityView } from './list-authority.query.js';

export const authoritySchema = objectOf<AuthorityAnswer>({
  rules: listOf(
    objectOf<AuthorityView>({
      eventType: text,
      account: text,
      legalEntity: orNull(text),
      channel: orNull(text),
      validFrom: orNull(text),
      rank: whole,
      setBy: orNull(text),
      standing: oneOf('in_force', 'waits_for_rebuild', 'ends_with_rebuild'),
    }),
  ),
});

const numbers = objectOf<HeldNumbers>({
  first: orNull(whole),
  last: orNull(whole),
  held: whole,
  beyond: whole,
  missing: whole,
  gaps: listOf(objectOf<Gap>({ from: whole, to: whole })),
});

const sum = objectOf<ComparedSum>({
  eventType: text,
  currency: orNull(text),
  declaredRecords: whole,
  heldRecords: whole,
  declaredMinor: orNull(digits),
  heldMinor: orNull(digits),
  matches: flag,
});

export const completenessSchema = pageOfSchema(
  objectOf<Completeness>({
    account: text,
    span: text,
    numberRange: text,
    state: oneOf('matched', 'differs', 'total_missing'),
    declaredRecords: orNull(whole),
    heldRecords: whole,
    corrected: whole,
    numbers: orNull(numbers),
    sums: listOf(sum),
    totalEventId: orNull(text),
  }),
);
