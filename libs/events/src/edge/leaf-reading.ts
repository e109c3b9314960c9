import { leafOf } from '#kernel';
import type { Category, EventDefinition } from '../event-definition.js';
import {
  accountScoped,
  issuingAccountOf,
  type ObjectLeaf,
  readObjectLeaf,
} from '../object-leaf.js';
import type { Attributes } from './attributes.js';
import { type FactRefusal, isFactRefusal, refuseFact } from './fact-refusals.js';

/** The thing an event is about. */
export interface LeafReading {
  readonly leaf: string;
  /** The raw ids, where the leaf had to be shortened and no longer tells them. */
  readonly objectParts: readonly string[] | undefined;
}

/**
 * Finds the leaf from `subject`, or from the raw ids (`objectid` with `account`, `sku` with `node`,
 * an item's from its data). Where both are given they must name the same thing.
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

function misplacedAttribute(category: Category, { optional }: Attributes): string | undefined {
  const taken: readonly string[] = accountScoped.includes(category)
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
  if (category === 'item') {
    if (definition.categories.length > 1) return undefined;
    const { legalEntity, sku: ofItem } = data as Readonly<Record<string, string>>;
    return legalEntity === undefined || ofItem === undefined ? undefined : [legalEntity, ofItem];
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
    const ids = category === 'inventory' ? 'sku and node' : 'objectid';
    return refuseFact(
      'leaf_invalid',
      'subject',
      `subject is missing, and so are the raw ids: ${ids}.`,
    );
  }
  if (account !== undefined && account !== issuingAccountOf(subject)) {
    return refuseFact('leaf_disagrees', 'account', 'account is not the one in subject.');
  }
  if (named.parts === undefined && definition.categories.length === 1) {
    const ids = category === 'inventory' ? 'sku and node' : 'objectid';
    return refuseFact(
      'leaf_invalid',
      'subject',
      `subject is a shortened leaf: send ${ids} with it.`,
    );
  }
  return { leaf: subject, objectParts: undefined };
}
