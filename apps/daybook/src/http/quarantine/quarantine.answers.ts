import type { QuarantineEntry } from '#recording';
import {
  instant,
  objectOf,
  orNull,
  pageOfSchema,
  text,
  whole,
} from '../documentation/answer-schema.js';
import type { ResolvedEntry } from './resolve-quarantined.command.js';

export const quarantineSchema = pageOfSchema(
  objectOf<QuarantineEntry>({
    digest: text,
    source: text,
    deliveryId: orNull(text),
    code: text,
    field: orNull(text),
    message: text,
    firstSeen: instant,
    lastSeen: instant,
    count: whole,
    resolvedAt: orNull(instant),
  }),
);

export const resolvedEntrySchema = objectOf<ResolvedEntry>({
  source: text,
  digest: text,
  resolvedAt: instant,
});
