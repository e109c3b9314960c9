import { refuse, type Refusal } from '#kernel';

/** Deeper JSON is no business document, and would exhaust the stack of whoever walks it. */
export const jsonDepthMax = 64;

export type ParsedJson =
  | { readonly outcome: 'parsed'; readonly value: unknown }
  | Refusal<'body_not_json' | 'body_nested_too_deep'>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads bytes as JSON text, RFC 8259: UTF-8, and no deeper than {@link jsonDepthMax}. */
export function parseJsonBytes(bytes: Uint8Array): ParsedJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse('body_not_json', 'The body is not UTF-8 text.');
  }
  if (nestingOf(text) > jsonDepthMax) {
    return refuse('body_nested_too_deep', `The body nests deeper than ${jsonDepthMax} levels.`);
  }
  try {
    return { outcome: 'parsed', value: JSON.parse(text) as unknown };
  } catch (error) {
    return refuse('body_not_json', `The body is not JSON${placeOf(error)}.`);
  }
}

/** Where the text stopped being JSON; the error's own words quote what stands there. */
function placeOf(error: unknown): string {
  return /,? at position \d+/.exec(String(error))?.[0] ?? '';
}

/** How deep brackets nest outside of strings, up to one more than is allowed. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length && deepest <= jsonDepthMax; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
