import {
  accountPattern,
  definitionOf,
  type EventParts,
  isEventType,
  personOf,
  readObjectLeaf,
} from '#events';
import { parseLeaf } from '#kernel';
import type { PersonalEntry } from '../../../../projections/order-timeline/v1/person-queries.js';

/**
 * A person as people name one, such as `customer:shop.eu:c-17`, `customer:order-amazon:1001` (a
 * buyer on a marketplace is known by the order alone) or `recipient:shipment-dhl.de:0034`; a note
 * on an order is about `recipient:order-shop.eu:1001`.
 */
export function subjectName(subject: string): string {
  return (JSON.parse(subject) as string[]).join(':');
}

/** The subject, as event classes write it, of a name; undefined where it is no name. */
export function subjectOfName(name: string): string | undefined {
  const [kind, ...rest] = name.split(':');
  const id = rest.join(':');
  const category = parseLeaf(id)?.category;
  // Whoever only one thing tells of: the recipient of a parcel, who a note on an order is about.
  if (kind === 'recipient') return readObjectLeaf(id) === undefined ? undefined : personOf(id);
  if (kind !== 'customer') return undefined;
  if (category === 'order') return JSON.stringify(['customer', id]);
  const [account = '', ...idParts] = rest;
  const customer = idParts.join(':');
  if (!accountPattern.test(account) || customer === '') return undefined;
  return JSON.stringify(['customer', account, customer]);
}

/** Whose personal data an event of a timeline holds. */
export function subjectsOfEntry(entry: PersonalEntry): readonly string[] {
  if (!isEventType(entry.type)) return [];
  const parts = entry as unknown as EventParts<object>;
  return definitionOf(entry.type)
    .personalData.filter(({ field }) => entry.personalData[field] !== undefined)
    .map(({ subject }) => subject(parts));
}

export function kindOfSubject(subject: string): 'customer' | 'recipient' {
  const [kind] = JSON.parse(subject) as string[];
  return kind === 'recipient' ? 'recipient' : 'customer';
}
