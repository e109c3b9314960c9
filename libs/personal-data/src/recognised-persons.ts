import { isWellFormedText } from '#kernel';

/** What can be recognised of persons in bytes, each text once. */
export interface RecognisedPersons {
  readonly emails: readonly string[];
  /** Ids that stand beside a word for a person, such as `customer`. */
  readonly personIds: readonly string[];
  /** Ids that stand beside a word for an order or a parcel. */
  readonly objectIds: readonly string[];
  /** Leaves of orders, shipments and returns. */
  readonly leaves: readonly string[];
  readonly phones: readonly string[];
}

/** The most characters before and behind the sign of an e-mail address, RFC 5321. */
const localCharactersMax = 64;
const domainCharactersMax = 255;
const localEnd = /[^\s"'<>()[\]{},;:\\/=&?@]*$/;
const domainStart = /^[^\s"'<>()[\]{},;:\\/=&?@]+\.[^\s"'<>()[\]{},;:\\/=&?@.]+/;
const phonePattern = /(?<![\w.])\+?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w])/g;
const leafPattern = /\b(?:order|shipment|return)-(?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+/g;
const personWords =
  'customer|debtor|buyer|client|consumer|user|member|guest|recipient|person|contact';
const objectWords = 'order|shipment|parcel|delivery|return|object';
const idWords = 'id|key|no|nr|number|ref|reference|code';
const idName = new RegExp(`^(?:${idWords})$`, 'i');
const wordPatterns = {
  person: wordPatternsOf(personWords),
  object: wordPatternsOf(objectWords),
} as const;
const idCharactersMax = 300;
/** How far behind a word an id is looked for in text that is no JSON, and how many words may be it. */
const nearCharactersMax = 120;
const nearWordsMax = 4;

/** Looks through a body: JSON by its members, anything else by its text. */
export function recognisePersons(body: Uint8Array): RecognisedPersons {
  const text = Buffer.from(body).toString('utf8');
  const found = new Found();
  const value = parsed(text);
  if (value === undefined) lookThroughText(found, withoutEscapes(text));
  else lookThrough(found, value);
  return found.persons();
}

/** E-mail addresses and international telephone numbers replaced, for a text that is kept in clear. */
export function withoutContacts(text: string): string {
  let clear = text;
  for (const email of emailsIn(text)) clear = clear.replaceAll(email, '…');
  return clear.replace(/\+\d(?:[ ()./-]{0,2}\d){6,14}/g, '…');
}

/** Looks around each sign and no further than an address reaches, so that no text takes long. */
function* emailsIn(text: string): Iterable<string> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = localEnd.exec(text.slice(Math.max(0, at - localCharactersMax), at))?.[0] ?? '';
    const domain = domainStart.exec(text.slice(at + 1, at + 1 + domainCharactersMax))?.[0];
    if (local !== '' && domain !== undefined) yield `${local}@${domain}`;
  }
}

class Found {
  readonly #emails = new Set<string>();
  readonly #personIds = new Set<string>();
  readonly #objectIds = new Set<string>();
  readonly #leaves = new Set<string>();
  readonly #phones = new Set<string>();

  texts(text: string): void {
    for (const email of emailsIn(text)) this.#emails.add(email);
    for (const [leaf] of text.matchAll(leafPattern)) this.#leaves.add(leaf);
    for (const [phone] of text.matchAll(phonePattern)) this.#phones.add(phone);
  }

  id(kind: 'person' | 'object', text: string): void {
    const id = text.trim();
    if (id === '' || id.length > idCharactersMax || !isWellFormedText(id)) return;
    (kind === 'person' ? this.#personIds : this.#objectIds).add(id);
  }

  persons(): RecognisedPersons {
    return {
      emails: [...this.#emails],
      personIds: [...this.#personIds],
      objectIds: [...this.#objectIds],
      leaves: [...this.#leaves],
      phones: [...this.#phones],
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Member {
  readonly value: unknown;
  readonly name: string;
  readonly parent: string;
}

/** A list and no recursion: what was refused may be nested without end. */
function lookThrough(found: Found, whole: unknown): void {
  const open: Member[] = [{ value: whole, name: '', parent: '' }];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    const { value, name, parent } = member;
    if (typeof value === 'object' && value !== null) {
      // The members of a list stand under the list's name.
      const isList = Array.isArray(value);
      for (const [key, each] of Object.entries(value)) {
        if (!isList) found.texts(key);
        open.push({ value: each, name: isList ? name : key, parent: isList ? parent : name });
      }
    } else if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value);
      found.texts(text);
      for (const kind of ['person', 'object'] as const) {
        if (namesIdOf(kind, name, parent)) found.id(kind, text);
      }
    }
  }
}

function wordPatternsOf(words: string) {
  return {
    alone: new RegExp(`^(?:${words})_?(?:${idWords})?$`, 'i'),
    above: new RegExp(`(?:${words})$`, 'i'),
  };
}

/** `customer`, `customerId` and `customer_id`, and `id` within `customer`. */
function namesIdOf(kind: 'person' | 'object', name: string, parent: string): boolean {
  const { alone, above } = wordPatterns[kind];
  return alone.test(name) || (idName.test(name) && above.test(parent));
}

function lookThroughText(found: Found, text: string): void {
  found.texts(text);
  for (const [kind, words] of [
    ['person', personWords],
    ['object', objectWords],
  ] as const) {
    for (const { index } of text.matchAll(new RegExp(words, 'gi'))) {
      const near = text.slice(index, index + nearCharactersMax);
      const nearWords = [...near.matchAll(/[\p{L}\p{N}_.-]+/gu)].slice(0, nearWordsMax);
      for (const [id] of nearWords) found.id(kind, id);
    }
  }
}

/** JSON that was cut off is no JSON any more, but its escapes are still there. */
function withoutEscapes(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (_match, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
