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

const emailPattern =
  /[^\s"'<>()[\]{},;:\\/=&?]+@[^\s"'<>()[\]{},;:\\/=&?]+\.[^\s"'<>()[\]{},;:\\/=&?]+/g;
const phonePattern = /(?<![\w.])\+?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w])/g;
const leafPattern = /\b(?:order|shipment|return)-(?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+/g;
const personWords =
  'customer|debtor|buyer|client|consumer|user|member|guest|recipient|person|contact';
const objectWords = 'order|shipment|parcel|delivery|return|object';
const idWords = 'id|key|no|nr|number|ref|reference|code';
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
  else lookThrough(found, value, '', '');
  return found.persons();
}

/** E-mail addresses and international telephone numbers replaced, for a text that is kept in clear. */
export function withoutContacts(text: string): string {
  return text.replace(emailPattern, '…').replace(/\+\d(?:[ ()./-]{0,2}\d){6,14}/g, '…');
}

class Found {
  readonly #emails = new Set<string>();
  readonly #personIds = new Set<string>();
  readonly #objectIds = new Set<string>();
  readonly #leaves = new Set<string>();
  readonly #phones = new Set<string>();

  texts(text: string): void {
    for (const [email] of text.matchAll(emailPattern)) this.#emails.add(email.replace(/\.+$/, ''));
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

/** The depth of a body was bounded before it was given here. */
function lookThrough(found: Found, value: unknown, name: string, parent: string): void {
  if (typeof value === 'object' && value !== null) {
    // The members of a list stand under the list's name.
    const isList = Array.isArray(value);
    for (const [member, each] of Object.entries(value)) {
      found.texts(member);
      lookThrough(found, each, isList ? name : member, isList ? parent : name);
    }
    return;
  }
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const text = String(value);
  found.texts(text);
  if (namesIdOf(personWords, name, parent)) found.id('person', text);
  if (namesIdOf(objectWords, name, parent)) found.id('object', text);
}

/** `customer`, `customerId` and `customer_id`, and `id` within `customer`. */
function namesIdOf(words: string, name: string, parent: string): boolean {
  if (new RegExp(`^(?:${words})_?(?:${idWords})?$`, 'i').test(name)) return true;
  return (
    new RegExp(`^(?:${idWords})$`, 'i').test(name) && new RegExp(`(?:${words})$`, 'i').test(parent)
  );
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
