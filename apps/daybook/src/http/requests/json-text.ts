import { refuse, type Refusal } from '#kernel';

/** Deeper JSON is no business document, and would exhaust the stack of whoever walks it. */
export const jsonDepthMax = 64;

export type ParsedJson =
  | { readonly outcome: 'parsed'; readonly value: unknown }
  | Refusal<'body_not_json' | 'body_nested_too_deep'>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bytes as JSON text, RFC 8259: UTF-8, no deeper than {@link jsonDepthMax}, and without an object
 * that names a member twice (RFC 7493, 2.3): what is said twice would be recorded as one of the two, and
 * the bytes that are kept would tell of persons whom the record does not.
 */
export function parseJsonBytes(bytes: Uint8Array): ParsedJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse('body_not_json', 'The body is not UTF-8 text.');
  }
  const { deepest, colons } = bracketsOf(text);
  if (deepest > jsonDepthMax) {
    return refuse('body_nested_too_deep', `The body nests deeper than ${jsonDepthMax} levels.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse('body_not_json', `The body is not JSON${placeOf(error)}.`);
  }
  return membersOf(value) === colons
    ? { outcome: 'parsed', value }
    : refuse('body_not_json', 'An object of the body names a member twice; name each member once.');
}

/** How many members all objects of a value have; of those with one name only the last is left. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const each of value) members += membersOf(each);
    return members;
  }
  // Lists of names or values would be made for each object of every event.
  for (const name in value) members += 1 + membersOf((value as Record<string, unknown>)[name]);
  return members;
}

/** Where the text stopped being JSON; the error's own words quote what stands there. */
function placeOf(error: unknown): string {
  return /,? at position \d+/.exec(String(error))?.[0] ?? '';
}

/**
 * How deep brackets nest outside of strings, up to one more than is allowed, and how many colons stand
 * between them: in JSON one behind each name.
 */
function bracketsOf(text: string): { readonly deepest: number; readonly colons: number } {
  let depth = 0;
  let deepest = 0;
  let colons = 0;
  for (let index = 0; index < text.length && deepest <= jsonDepthMax; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ':') colons += 1;
  }
  return { deepest, colons };
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
