import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A place where a marker stands, and the form it stands there in. */
export interface ClearText {
  readonly path: string;
  readonly marker: string;
  readonly form: string;
}

/** Looks at every byte of every file below a folder for markers, in each form text is kept in. */
export async function findClearText(
  folder: string,
  markers: readonly string[],
): Promise<readonly ClearText[]> {
  const wanted = markers.flatMap((marker) =>
    [...formsOf(marker)].map(([form, bytes]) => ({ marker, form, bytes })),
  );
  const found: ClearText[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.push(...within(path, await readFile(path), wanted));
  }
  return found;
}

/** The same for bytes that are in no file. */
export function clearTextIn(
  path: string,
  bytes: Uint8Array,
  markers: readonly string[],
): readonly ClearText[] {
  const wanted = markers.flatMap((marker) =>
    [...formsOf(marker)].map(([form, each]) => ({ marker, form, bytes: each })),
  );
  return within(path, Buffer.from(bytes), wanted);
}

function within(
  path: string,
  content: Buffer,
  wanted: readonly { readonly marker: string; readonly form: string; readonly bytes: Buffer }[],
): readonly ClearText[] {
  return wanted
    .filter(({ bytes }) => content.includes(bytes))
    .map(({ marker, form }) => ({ path, marker, form }));
}

function formsOf(marker: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(marker, 'utf8');
  const forms = new Map<string, Buffer>([
    ['UTF-8', utf8],
    ['UTF-16 LE', Buffer.from(marker, 'utf16le')],
    ['UTF-16 BE', Buffer.from(marker, 'utf16le').swap16()],
    ['hexadecimal', Buffer.from(utf8.toString('hex'))],
    ['JSON escapes', Buffer.from(escaped(marker))],
  ]);
  // Base64 looks different for each place a text may have within three bytes.
  for (const shift of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(shift), utf8]);
    const first = shift === 0 ? 0 : shift + 1;
    const whole = Math.floor((padded.length * 8) / 6);
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = padded.toString(encoding).slice(first, whole);
      forms.set(`${encoding} at ${shift}`, Buffer.from(text));
    }
  }
  return forms;
}

function escaped(text: string): string {
  const unit = (at: number) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return Array.from({ length: text.length }, (_, at) => unit(at)).join('');
}
