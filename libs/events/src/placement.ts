import { categoryOf, leafOf, parseLeaf, sha256Hex } from '#kernel';
import { categories, isCategory } from './categories.js';
import type { EventKeys } from './event-keys.js';

const nameBytesMax = 400;

/** What tells the raw ids of an event's thing: its leaf, or its metadata where that is shortened. */
export interface PlacedEvent {
  readonly leaf: string;
  readonly objectParts?: readonly string[];
}

/**
 * The raw ids a leaf was made of, as their source wrote them where they had to be kept beside it.
 * Empty where a shortened leaf came without them.
 */
export function objectPartsOf(
  leaf: string,
  kept: Pick<PlacedEvent, 'objectParts'> = {},
): readonly string[] {
  return parseLeaf(leaf)?.parts ?? kept.objectParts ?? [];
}

/** The node of an inventory event; a shortened leaf without its ids stands for itself. */
export function nodeOf(event: PlacedEvent): string {
  return objectPartsOf(event.leaf, event)[1] ?? event.leaf;
}

/** The SKU of an inventory event; a shortened leaf without its ids stands for itself. */
export function skuOf(event: PlacedEvent): string {
  return objectPartsOf(event.leaf, event)[0] ?? event.leaf;
}

/**
 * A name that homes share: a word for what it names, and its parts. Parts are put into Unicode
 * normalisation form C, as they are in leaves and ids, so that one id is never two names. A name
 * too long for an index is its SHA-256.
 */
export function nameOf(kind: string, parts: readonly string[]): string {
  const name = `${kind} ${JSON.stringify(parts.map((part) => part.normalize('NFC')))}`;
  return Buffer.byteLength(name) <= nameBytesMax ? name : `${kind} ~${sha256Hex(name)}`;
}

/** The name that joins an event that is kept by happening with what corrects it. */
export function eventName(eventId: string): string {
  return `event ${eventId}`;
}

/** The types that are kept by happening although what else lies on their leaf is kept together. */
export const keptApart: readonly string[] = ['ContractBalanceTransferred'];

/** True where what lies on a leaf is kept happening by happening: see the categories. */
export function keptByHappening(leaf: string): boolean {
  const category = categoryOf(leaf);
  return isCategory(category) && categories[category].keptBy === 'happening';
}

/** True where a leaf is that of a document over many things, whose parts read what lies on it. */
export function keptByPart(leaf: string): boolean {
  const category = categoryOf(leaf);
  return isCategory(category) && categories[category].keptBy === 'part';
}

/** True for a leaf whose facts are about one payment, shipment or the like, and no hub. */
function isOneThing(leaf: string): boolean {
  const category = categoryOf(leaf);
  if (!isCategory(category)) return false;
  const { scope, keptBy } = categories[category];
  return scope === 'account' && keptBy === 'leaf';
}

/**
 * Where something belongs that names things of any kind, such as a document of the ERP: with the
 * orders, and with what is kept as one. What is kept by happening or by part has no one home to be
 * joined with, and reference data would join all that use it.
 */
export function keysOfNamed(leaves: readonly string[]): Pick<EventKeys, 'connects' | 'subjects'> {
  const things = leaves.filter((leaf) => isOneThing(leaf));
  return {
    connects: things.filter((leaf) => categoryOf(leaf) !== 'order'),
    subjects: things.filter((leaf) => categoryOf(leaf) === 'order'),
  };
}

/**
 * The person whom only this thing tells of, such as the recipient of a parcel or whoever a note on
 * an order is about: forgotten together with the customer of the orders it is shown with.
 */
export function personOf(leaf: string): string {
  return JSON.stringify(['recipient', leaf]);
}

/**
 * An item at a hot node has far more events than can be folded at once, so its facts are kept by
 * happening and not by stream: each allocation, issue and receipt is a home of its own. The same
 * holds for every category that is kept by happening; such a home is named by what tells the
 * happening apart within its leaf.
 */
export function homeOfHappening(kind: string, leaf: string, parts: readonly string[]): string {
  return leafOf(kind, [leaf, ...parts]);
}

export function homeOfAllocation(authority: string, allocation: string, line: string): string {
  return leafOf('allocation', [authority, allocation, line]);
}

export function homeOfIssue(
  node: string,
  shipment: string,
  line: string,
  component: number,
): string {
  return leafOf('issue', [node, shipment, line, String(component)]);
}

export function homeOfReceipt(node: string, receipt: string, line: string): string {
  return leafOf('receipt', [node, receipt, line]);
}

export function homeOfCorrection(eventId: string): string {
  return leafOf('correction', [eventId]);
}

/** A transfer between two orders belongs to neither, so that neither holds the other's facts. */
export function homeOfBalanceTransfer(order: string, transfer: string): string {
  return homeOfHappening('balanceTransfer', order, [transfer]);
}

export function homeOfSeal(eventId: string): string {
  return leafOf('seal', [eventId]);
}

/** The name an issue and its allocation share where the issue names the allocation. */
export function allocationName(inventoryLeaf: string, allocation: string, line: string): string {
  return nameOf('allocation', [inventoryLeaf, allocation, line]);
}

/** The name an issue and its allocation share where the issue names the order line. */
export function orderLineName(inventoryLeaf: string, order: string, orderLine: string): string {
  return nameOf('order-line', [inventoryLeaf, order, orderLine]);
}

/**
 * What an exception, an approval or a recommendation belongs with: the orders it is about, and its
 * thing where that is one. About many things it is shown with their orders alone, since joining all
 * of them would make one cluster of what has nothing else in common.
 */
export function namesOfThings(leaves: readonly string[]): {
  readonly subjects: readonly string[];
  readonly connects: readonly string[];
} {
  const distinct = [...new Set(leaves)];
  const subjects = distinct.filter((leaf) => categoryOf(leaf) === 'order');
  const things = distinct.filter((leaf) => categoryOf(leaf) !== 'order');
  const [thing, ...others] = things;
  const joins = thing !== undefined && others.length === 0 && isOneThing(thing);
  return { subjects, connects: joins ? [thing] : [] };
}

/** The home of what an item costs a legal entity. */
export function homeOfItem(legalEntity: string, sku: string): string {
  return leafOf('item', [legalEntity, sku]);
}
