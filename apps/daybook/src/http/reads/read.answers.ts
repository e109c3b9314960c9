import type { AsOf, ParkedNotice, ParkedTotals } from '#projection-engine';
import {
  flag,
  instant,
  objectOf,
  optional,
  orNull,
  text,
  whole,
} from '../documentation/answer-schema.js';

const parkedTotals = objectOf<ParkedTotals>({ keys: whole, events: whole });

const parkedNotice = objectOf<ParkedNotice>({
  key: text,
  since: instant,
  sinceSequence: whole,
  code: text,
  message: text,
  events: whole,
});

const asOfSchema = objectOf<AsOf>({ sequence: whole, isSettled: flag, parked: parkedTotals });

/** What answers say that may be of the past. */
export const pastMembers = { asOf: optional(asOfSchema) };

/** What answers say of which facts may be parked. */
export const parkedMembers = { parked: orNull(parkedNotice) };

/** Where a sum over many subjects stands. */
export const standingMembers = { sequence: whole, position: orNull(text), parked: parkedTotals };
