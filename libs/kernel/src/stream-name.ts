import { sha256Hex } from './digest.js';
import { isWellFormedText } from './well-formed-text.js';

/** Every stream of a ledger begins with this; the `$all` subscription filters on it. */
export const defaultLedgerPrefix = 'daybook.';

const encodedIdBytesMax = 400;
const encodedIdBytesKept = 300;
const hashMark = ':~';

/** `%XX` for each UTF-8 byte outside `[A-Za-z0-9_.]`, after Unicode normalisation form C. */
export function encodeNamePart(part: string): string {
  if (/^[A-Za-z0-9_.]*$/.test(part)) return part;
  let encoded = '';
  for (const byte of Buffer.from(part.normalize('NFC'), 'utf8')) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9_.]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/**
 * The leaf of a thing: category, one dash, its id's parts joined by colons. Case is kept, since
 * real catalogues hold SKUs that differ only by case. An id longer than 400 encoded bytes keeps
 * its first 300 (never half a `%XX`) and is told apart by its SHA-256.
 *
 * @throws Error when a part is empty or cannot be stored; a caller refuses such input before it asks
 * for a name.
 */
export function leafOf(category: string, parts: readonly string[]): string {
  if (parts.length === 0 || parts.some((part) => part === '' || !isWellFormedText(part))) {
    throw new Error(
      `A ${category} name needs parts that are storable and not empty, got ${JSON.stringify(parts)}.`,
    );
  }
  const encoded = parts.map(encodeNamePart).join(':');
  return `${category}-${encoded.length > encodedIdBytesMax ? shorten(encoded) : encoded}`;
}

function shorten(encoded: string): string {
  const cut = encoded.slice(0, encodedIdBytesKept);
  const whole = cut.replace(/%[0-9A-F]?$/, '');
  return `${whole}${hashMark}${sha256Hex(encoded)}`;
}

/** A leaf taken apart again. */
export interface ParsedLeaf {
  readonly category: string;
  /** The decoded parts, or undefined where the id was shortened and cannot be read back. */
  readonly parts: readonly string[] | undefined;
}

/** Takes a leaf apart, or returns undefined where the text does not follow the grammar. */
export function parseLeaf(leaf: string): ParsedLeaf | undefined {
  return parsePlainLeaf(leaf) ?? parseEncodedLeaf(leaf);
}

/** The leaves of an item at its nodes come with every movement of its stock. */
const knownLeavesMax = 10_000;
const knownLeaves = new Map<string, ParsedLeaf | undefined>();

function parseEncodedLeaf(leaf: string): ParsedLeaf | undefined {
  const known = knownLeaves.get(leaf);
  if (known !== undefined || knownLeaves.has(leaf)) return known;
  const parsed = decodeLeaf(leaf);
  if (knownLeaves.size >= knownLeavesMax) knownLeaves.clear();
  knownLeaves.set(leaf, parsed);
  return parsed;
}

/** A leaf that encodes nothing and is not shortened, as nearly all are. */
function parsePlainLeaf(leaf: string): ParsedLeaf | undefined {
  const match = /^([a-z][A-Za-z]*)-([A-Za-z0-9_.]+(?::[A-Za-z0-9_.]+)*)$/.exec(leaf);
  if (!match) return undefined;
  const [, category = '', id = ''] = match;
  return id.length > encodedIdBytesMax ? undefined : { category, parts: id.split(':') };
}

function decodeLeaf(leaf: string): ParsedLeaf | undefined {
  const match = /^([a-z][A-Za-z]*)-((?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+)$/.exec(leaf);
  if (!match) return undefined;
  const [, category = '', id = ''] = match;
  if (id.includes('~')) return isShortened(id) ? { category, parts: undefined } : undefined;
  try {
    const parts = id.split(':').map((part) => decodeURIComponent(part));
    return leafOf(category, parts) === leaf ? { category, parts } : undefined;
  } catch {
    return undefined;
  }
}

/** True for an id as {@link leafOf} shortens it: nothing else may hold a tilde. */
function isShortened(id: string): boolean {
  const match = /^([^~]+):~[0-9a-f]{64}$/.exec(id);
  const kept = match?.[1] ?? '';
  const cutOff = encodedIdBytesKept - kept.length;
  return cutOff >= 0 && cutOff <= 2 && !kept.includes('%00');
}

/** The category of a leaf: everything before its one dash. */
export function categoryOf(leaf: string): string {
  return leaf.slice(0, leaf.indexOf('-'));
}
