import { readFileSync } from 'node:fs';

/** The rows of a file in `test/vectors`: facts observed at a real server, a tuple each. */
export function vectorRows(name: string): readonly unknown[] {
  const text = readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly rows: readonly unknown[] }).rows;
}
