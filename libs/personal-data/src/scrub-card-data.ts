/** Names under which a card number or its security code stands, compared without case and signs. */
const cardFields: ReadonlySet<string> = new Set([
  'cardnumber',
  'cardsecuritycode',
  'ccnumber',
  'creditcardnumber',
  'cvc',
  'cvc2',
  'cvv',
  'cvv2',
  'pan',
  'primaryaccountnumber',
  'securitycode',
  'track1',
  'track2',
  'verificationvalue',
]);

const removed = 'removed';
/** 13 to 19 digits, apart from spaces and hyphens between them: ISO/IEC 7812-1 with older cards. */
const digitRun = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;
/** A JSON string with the colon that makes it a name, a number, or the start of a nested value. */
const jsonToken = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{[]/g;

export interface ScrubbedBody {
  readonly body: Buffer;
  /** How many values were made unreadable. */
  readonly scrubbedCount: number;
}

/**
 * Makes card data in a raw body unreadable before it is kept (PCI DSS 4.0, requirements 3.3.1 and
 * 3.4.1): a number that passes the Luhn check keeps its last four digits, and what stands under a
 * name such as `cvv` or `cardNumber` goes whole. Every other byte stays as it came.
 */
export function scrubCardData(body: Uint8Array): ScrubbedBody {
  // Latin-1 maps each byte to one character and back; digits, quotes and colons are ASCII in UTF-8.
  const text = Buffer.from(body).toString('latin1');
  if (isPlainlyFree(text)) return { body: Buffer.from(body), scrubbedCount: 0 };
  let scrubbedCount = 0;
  const count = (value: string): string => {
    scrubbedCount += 1;
    return value;
  };
  const scrubbed = isJson(text) ? scrubJson(text, count) : scrubText(text, count);
  return { body: Buffer.from(scrubbed, 'latin1'), scrubbedCount };
}

/**
 * True where a look at the text shows that nothing in it is card data, as in nearly every body: no
 * number of a card, and no such name. Where escapes might hide either, it has to be read.
 */
function isPlainlyFree(text: string): boolean {
  if (text.includes('\\') || hasCardNumber(text)) return false;
  // Without escapes every other piece between quotes is a string of the JSON.
  const pieces = text.split('"');
  for (let index = 1; index + 1 < pieces.length; index += 2) {
    if (!/^\s*:/.test(pieces[index + 1] ?? '')) continue;
    if (cardFields.has(comparableName(pieces[index] ?? ''))) return false;
  }
  return true;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function scrubJson(text: string, count: (value: string) => string): string {
  let name: string | undefined;
  return text.replace(jsonToken, (token, quoted: string | undefined, colon: string | undefined) => {
    if (quoted !== undefined && colon !== undefined) {
      name = JSON.parse(quoted) as string;
      return token;
    }
    const isCardField = name !== undefined && cardFields.has(comparableName(name));
    name = undefined;
    if (token === '{' || token === '[') return token;
    if (isCardField) return count(JSON.stringify(removed));
    if (quoted === undefined) return token;
    const value = JSON.parse(quoted) as string;
    const scrubbed = scrubText(value, count);
    return scrubbed === value ? token : JSON.stringify(scrubbed);
  });
}

function comparableName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function scrubText(text: string, count: (value: string) => string): string {
  return text.replace(digitRun, (run) => {
    const digits = run.replace(/\D/g, '');
    return passesLuhn(digits) ? count(`${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`) : run;
  });
}

function hasCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(digitRun)) {
    if (passesLuhn(run.replace(/\D/g, ''))) return true;
  }
  return false;
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
