import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '#event-store';

const root = join(import.meta.dirname, '..', '..');
const sources = ['apps', 'libs', 'projections', 'migrations'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file)),
);
/** A use of what the client has for deleting and hiding events, however it is reached. */
const deletion = /[.[{,\s]['"]?(?:deleteStream|tombstoneStream|setStreamMetadata)\b/;

/** Compiles only while the port has none of these. */
type Deletes = 'delete' | 'tombstone' | 'truncate' | 'setMetadata' | 'scavenge';
const portHasNoDelete: Extract<keyof EventStore, Deletes> extends never ? true : false = true;

describe('what is recorded is never removed', () => {
  it.each([
    'await client.deleteStream(stream)',
    "client['tombstoneStream'](stream)",
    'const { setStreamMetadata } = client;',
  ])('a search that finds «%s»', (line) => {
    expect(line).toMatch(deletion);
  });

  it('finds no such call in the whole program', () => {
    expect(sources.length).toBeGreaterThan(300);
    const guilty = sources.filter((file) => deletion.test(readFileSync(join(root, file), 'utf8')));
    expect(guilty).toEqual([]);
  });

  it('and the port has no word for it', () => {
    expect(portHasNoDelete).toBe(true);
  });
});
