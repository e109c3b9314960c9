import { deferralCauses, type ErasureSubject } from '#events';
import type { ErasureResult } from '../../erasure/erasures.js';
import type { ErasureView } from '../../erasure/erasure-view.js';
import {
  instant,
  listOf,
  objectOf,
  oneOf,
  orNull,
  pageOfSchema,
  text,
  whole,
} from '../documentation/answer-schema.js';

export const erasureSchema = objectOf<ErasureView>({
  erasureId: text,
  stage: text,
  subjects: listOf(objectOf<ErasureSubject>({ kind: text, digest: text })),
  requestedAt: orNull(instant),
  openOrders: whole,
  until: orNull(text),
  cause: orNull(oneOf(...deferralCauses)),
  legalBasis: orNull(text),
  keysDestroyed: whole,
  completedAt: orNull(instant),
});

export const erasuresSchema = pageOfSchema(erasureSchema);

export const erasureResultSchema = objectOf<ErasureResult>({
  outcome: oneOf('done'),
  erasure: erasureSchema,
  persons: listOf(text),
  others: listOf(text),
  openOrders: listOf(text),
});
