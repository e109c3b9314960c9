import { refuse, type Refusal } from '#kernel';
import type { FieldFaultCode } from '../validation/field-rule.js';

/** What a refused fact is told: for a program the code and status, for a person the rest. */
export interface RefusalEntry {
  readonly status: 400 | 413 | 422;
  readonly text: string;
  readonly remedy: string;
}

export type FactRefusalCode =
  | FieldFaultCode
  | 'envelope_invalid'
  | 'event_type_unknown'
  | 'event_type_is_decision'
  | 'number_too_large'
  | 'text_not_storable'
  | 'event_too_large'
  | 'metadata_too_large'
  | 'time_missing'
  | 'time_without_zone'
  | 'time_out_of_range'
  | 'time_invalid'
  | 'version_not_taken'
  | 'version_invalid'
  | 'leaf_disagrees';

/** Why an event was not understood; the field is always named. */
export type FactRefusal = Refusal<FactRefusalCode> & { readonly field: string };

export function refuseFact(code: FactRefusalCode, field: string, message: string): FactRefusal {
  return { ...refuse(code, message, field), field };
}

export function isFactRefusal(result: object): result is FactRefusal {
  return 'outcome' in result && result.outcome === 'refused';
}

/** Every reason for which a fact is not understood, with its HTTP status and what to do about it. */
export const factRefusals: Readonly<Record<FactRefusalCode, RefusalEntry>> = {
  envelope_invalid: {
    status: 400,
    text: 'The event is no CloudEvents 1.0 JSON object as the ledger takes it.',
    remedy: 'Correct or remove the attribute that is named.',
  },
  event_type_unknown: {
    status: 422,
    text: 'The catalogue has no event of this type.',
    remedy: 'Use a type of the event catalogue; case matters.',
  },
  event_type_is_decision: {
    status: 422,
    text: 'Events of this type are decided by the ledger and cannot be reported.',
    remedy: 'Send the command on the route of this decision.',
  },
  field_missing: {
    status: 422,
    text: 'A field the event needs is missing.',
    remedy: 'Add the field; null and absent are the same.',
  },
  field_unknown: {
    status: 422,
    text: 'The event has a field its type does not know.',
    remedy: 'Remove the field, or spell it as the catalogue does.',
  },
  field_invalid: {
    status: 422,
    text: 'A field does not hold what its type asks for.',
    remedy: 'Correct the field as the message says.',
  },
  currency_unknown: {
    status: 422,
    text: 'The currency is no ISO 4217 code.',
    remedy: 'Use the three capital letters of the standard.',
  },
  quantity_invalid: {
    status: 422,
    text: 'A quantity is no whole number of at least one.',
    remedy: 'Send whole units; express fractions in a smaller unit of measure.',
  },
  number_too_large: {
    status: 422,
    text: 'A number is beyond the integers that JSON carries exactly.',
    remedy: 'Send ids as text and amounts within 9007199254740991 minor units.',
  },
  text_not_storable: {
    status: 422,
    text: 'A text holds U+0000 or half of a surrogate pair.',
    remedy: 'Remove the character at its source.',
  },
  event_too_large: {
    status: 413,
    text: 'The data of one event is too large.',
    remedy: 'Send what belongs to the event alone; an order is not split.',
  },
  metadata_too_large: {
    status: 413,
    text: "The event's attributes are too long together.",
    remedy: 'Shorten the transaction, actor or object id.',
  },
  too_many_lines: {
    status: 422,
    text: 'A list has more members than an event may have.',
    remedy: 'The event is refused whole; it is never split.',
  },
  time_missing: {
    status: 422,
    text: 'The event does not say when it happened.',
    remedy: 'Send time, or precision "unknown" where the source does not know it.',
  },
  time_without_zone: {
    status: 422,
    text: 'The time has no offset and its account has no declared zone.',
    remedy: 'Send an offset, or declare the zone of the account in the configuration.',
  },
  time_out_of_range: {
    status: 422,
    text: 'The time lies outside the years 1990 to 2200.',
    remedy: 'Send the time at which it happened, or precision "unknown".',
  },
  time_invalid: {
    status: 422,
    text: 'The time, or how exactly it is known, is not as the ledger takes it.',
    remedy: 'Send an RFC 3339 time, or a day with precision "date".',
  },
  version_not_taken: {
    status: 422,
    text: 'Events of this type carry no version.',
    remedy: 'Leave the version out.',
  },
  version_invalid: {
    status: 422,
    text: "The source object's version is not made of digits.",
    remedy: 'Send a number that grows with every change of the object, as digits.',
  },
  leaf_invalid: {
    status: 422,
    text: 'The thing the event is about is not named, or not by the grammar of leaves.',
    remedy: 'Send subject as a leaf, or the raw ids as objectid, or as sku and node.',
  },
  leaf_category_wrong: {
    status: 422,
    text: 'The event cannot lie on a thing of this kind.',
    remedy: 'Name a thing of the kind the catalogue lists for this type.',
  },
  leaf_disagrees: {
    status: 422,
    text: 'Subject and raw ids name different things.',
    remedy: 'Send one of the two, or make them agree.',
  },
};
