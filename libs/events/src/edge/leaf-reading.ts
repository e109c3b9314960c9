import { leafOf } from '#kernel';
import { categories, type Category } from '../categories.js';
import type { EventDefinition } from '../event-definition.js';
import { issuingAccountOf, type ObjectLeaf, readObjectLeaf } from '../object-leaf.js';
import type { Attributes } from './attributes.js';
import { type FactRefusal, isFactRefusal, refuseFact } from './fact-refusals.js';

/** The thing an event is about. */
export interface LeafReading {
  readonly leaf: string;
  /** The raw ids, where the leaf had to be shortened and no longer tells them. */
  readonly objectParts: readonly string[] | undefined;
}

/**
 * Finds the leaf from `subject`, or from the raw ids: `objectid` with `account` where ids are scoped
 * by account, `sku` with `node` of an inventory, the fields of the data that name the thing where
 * the class says so. Where both are given they must name the same thing.
 */
export function readLeaf(
  definition: EventDefinition,
  attributes: Attributes,
): LeafReading | FactRefusal {
  const { subject } = attributes.optional;
  const named = subject === undefined ? undefined : readSubject(definition, subject);
  if (named && isFactRefusal(named)) return named;
  const [first, ...others] = definition.categories;
  const category = named?.category ?? (others.length === 0 ? first : undefined);
  if (category === undefined) {
    const kinds = definition.categories.join(', ');
    return refuseFact(
      'leaf_invalid',
      'subject',
      `${definition.type} may lie on ${kinds}: subject must say on which leaf.`,
    );
  }
  const misplaced = misplacedAttribute(category, attributes);
  if (misplaced !== undefined) {
    const message = `${misplaced} does not name a thing of the kind ${category}.`;
    return refuseFact('envelope_invalid', misplaced, message);
  }
  const parts = rawPartsOf(definition, category, attributes);
  if (parts && isFactRefusal(parts)) return parts;
  return parts
    ? fromParts(category, parts, subject)
    : fromSubject(definition, category, attributes, named);
}

function readSubject(definition: EventDefinition, subject: string): ObjectLeaf | FactRefusal {
  const object = readObjectLeaf(subject);
  if (!object) {
    return refuseFact(
      'leaf_invalid',
      'subject',
      'subject must be a leaf, such as order-shop_eu:1001.',
    );
  }
  return definition.categories.includes(object.category)
    ? object
    : refuseFact(
        'leaf_category_wrong',
        'subject',
        `${definition.type} cannot lie on ${object.category}; it lies on ${definition.categories.join(', ')}.`,
      );
}

function isAccountScoped(category: Category): boolean {
  return categories[category].scope === 'account';
}

/** The attributes or fields that give the ids of a thing of this kind, for a person to read. */
function idNamesOf(definition: EventDefinition, category: Category): string {
  if (definition.leafFields !== undefined)
    return `data.${definition.leafFields.join(' and data.')}`;
  if (category === 'inventory') return 'sku and node';
  return isAccountScoped(category) ? 'objectid' : 'none of its own, subject alone names it';
}

function misplacedAttribute(category: Category, { optional }: Attributes): string | undefined {
  const taken: readonly string[] = isAccountScoped(category)
    ? ['objectid', 'account']
    : category === 'inventory'
      ? ['sku', 'node']
      : [];
  return (['objectid', 'account', 'sku', 'node'] as const).find(
    (name) => optional[name] !== undefined && !taken.includes(name),
  );
}

function rawPartsOf(
  definition: EventDefinition,
  category: Category,
  { optional, source, data }: Attributes,
): readonly string[] | undefined | FactRefusal {
  const { objectid, account, sku, node } = optional;
  if (category === 'inventory') {
    if (sku !== undefined && node !== undefined) return [sku, node];
    if (sku === undefined && node === undefined) return undefined;
    const missing = sku === undefined ? 'sku' : 'node';
    return refuseFact('leaf_invalid', missing, `${missing} is missing: sku and node go together.`);
  }
  if (definition.leafFields !== undefined) {
    const fields = data as Readonly<Record<string, string>>;
    return definition.leafFields.map((field) => fields[field] ?? '');
  }
  return objectid === undefined ? undefined : [account ?? source, objectid];
}

function fromParts(
  category: Category,
  rawParts: readonly string[],
  subject: string | undefined,
): LeafReading | FactRefusal {
  // Both spellings of one id give one event, so what is kept of it is one spelling too.
  const parts = rawParts.map((part) => part.normalize('NFC'));
  const leaf = leafOf(category, parts);
  if (subject !== undefined && subject !== leaf) {
    return refuseFact(
      'leaf_disagrees',
      'subject',
      `subject is not the leaf of the raw ids, ${leaf}.`,
    );
  }
  const shortened = readObjectLeaf(leaf)?.parts === undefined;
  return { leaf, objectParts: shortened ? Object.freeze(parts) : undefined };
}

function fromSubject(
  definition: EventDefinition,
  category: Category,
  { optional }: Attributes,
  named: ObjectLeaf | undefined,
): LeafReading | FactRefusal {
  const { subject, account } = optional;
  if (subject === undefined || named === undefined) {
    return refuseFact(
      'leaf_invalid',
      'subject',
      `subject is missing, and so are the raw ids: ${idNamesOf(definition, category)}.`,
    );
  }
  if (account !== undefined && account !== issuingAccountOf(subject)) {
    return refuseFact('leaf_disagrees', 'account', 'account is not the one in subject.');
  }
  if (named.parts === undefined && definition.categories.length === 1) {
    return refuseFact(
      'leaf_invalid',
      'subject',
      `subject is a shortened leaf: send ${idNamesOf(definition, category)} with it.`,
    );
  }
  return { leaf: subject, objectParts: undefined };
}
