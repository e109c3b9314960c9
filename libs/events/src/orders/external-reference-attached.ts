import { categoryOf, type Money, parseLeaf } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeaf, Optional } from '../validation/decorators.js';

export class ExternalReferenceAttached {
  /** The thing that lacked the reference; the fact lies on its leaf. */
  @IsLeaf() object!: string;
  /** `order`, `shipment`, `return` where the reference is a leaf; else what the id is called. */
  @IsIdentifier() referenceType!: string;
  @IsIdentifier() reference!: string;
  /** The part of a payment that is for this order, where it is not all of it. */
  @Optional() @IsMoney() amount?: Money;
}

/** What a tie names, whether it is made or undone. */
type TiedObject = Pick<
  ExternalReferenceAttached,
  'object' | 'referenceType' | 'reference' | 'amount'
>;

export const linkingReferenceTypes: readonly string[] = ['order', 'shipment', 'return'];

/** The leaf this reference ties its object to, or undefined where it is only another name. */
export function linkedLeaf(data: TiedObject): string | undefined {
  return linkingReferenceTypes.includes(data.referenceType) ? data.reference : undefined;
}

export const externalReferenceAttached = defineEvent({
  type: 'ExternalReferenceAttached',
  dataClass: ExternalReferenceAttached,
  schemaVersion: 1,
  categories: ['order', 'payment', 'shipment', 'return'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.referenceType, data.reference],
  businessKey: ({ data }) => [data.object, data.reference].sort(),
  personalData: [],
  keys: linkKeys,
  words: {
    discriminators: "the reference's type and the reference",
    businessKey: 'the unordered pair of object and reference',
    touches: 'both things, before and after',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'by itself: it decides whose contract a payment or dispatch belongs to',
    },
    movesStock: { does: 'never', words: 'stock is matched by its own stream' },
  },
  description: 'A thing got to know another name of itself, or the order it belongs to.',
  checks: checkLink,
});

/**
 * A tie belongs to the object it lies on and to what it names. Of a payment's order the other names are
 * read, so that two ties to one order are no two; a tie with its own amount stands for itself.
 */
export function linkKeys(event: EventParts<TiedObject>): EventKeys {
  const linked = linkedLeaf(event.data);
  if (linked === undefined) return keys(event.leaf);
  if (categoryOf(linked) !== 'order') return keys(event.leaf, { connects: [linked] });
  return categoryOf(event.leaf) === 'order'
    ? keys(event.leaf, { absorbedBy: [linked] })
    : keys(event.leaf, { subjects: [linked], reads: namesReadBy(event, linked) });
}

function namesReadBy({ leaf, data }: EventParts<TiedObject>, order: string): readonly string[] {
  return categoryOf(leaf) === 'payment' && data.amount === undefined ? [order] : [];
}

/** What is tied lies on its own leaf, to a thing of the kind that is said, and not to itself. */
export function checkLink({ leaf, data }: EventParts<TiedObject>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (data.object !== leaf) {
    faults.push({ field: 'data.object', message: 'must be the leaf the fact lies on' });
  }
  const linked = linkedLeaf(data);
  if (linked === undefined) return faults;
  if (parseLeaf(linked)?.category !== data.referenceType) {
    faults.push({
      field: 'data.reference',
      message: `must be the leaf of a ${data.referenceType}`,
    });
  }
  if (linked === leaf) {
    faults.push({ field: 'data.reference', message: 'a thing cannot be tied to itself' });
  }
  const ofOneKind = categoryOf(leaf) === data.referenceType;
  if (data.referenceType !== 'order' && !ofOneKind) {
    faults.push({
      field: 'data.referenceType',
      message: `a ${categoryOf(leaf)} is tied to an order or to another ${categoryOf(leaf)}`,
    });
  }
  return faults;
}
