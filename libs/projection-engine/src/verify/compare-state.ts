import { canonicalDigest, canonicalJson } from '#kernel';
import type { ClientBase } from 'pg';
import type { GroupPlan } from '../fold/derive-rows.js';
import { namesGivenBy, type ReachKind, reachKinds } from '../fold/fact-graph.js';
import type { MemoryGraph } from '../fold/memory-graph.js';
import { type GenerationKey, homeTarget, reachTarget } from '../postgres/identifiers.js';
import type { Difference } from './compare-table.js';

const fetchedRowsMax = 2_000;

/**
 * Compares the facts the engine keeps by home with those of the store. The order of a home's facts is
 * that of their arrival in batches, and is no difference.
 */
export async function* compareHomes<Event, View>(
  client: ClientBase,
  { definition, generation }: GroupPlan<Event, View>,
  graph: MemoryGraph<Event>,
): AsyncGenerator<Difference | 'equal_row', void, void> {
  const awaited = new Set<string>();
  for (const name of graph.names()) if (graph.node(name).home.events.length > 0) awaited.add(name);
  for await (const { home, events } of storedHomes(client, {
    groupName: definition.name,
    generation,
  })) {
    if (!awaited.delete(home)) {
      yield homeDifference('extra_row', home);
      continue;
    }
    const wanted = graph
      .node(home)
      .home.events.map((event) => canonicalJson(definition.pack(event)));
    const found = events.split('\n').map(canonicalLine);
    const [expected, kept] = [wordsOf(wanted), wordsOf(found)];
    yield expected === kept
      ? 'equal_row'
      : {
          ...homeDifference('differing_column', home),
          column: 'events',
          // What is kept of an event tells when it arrived, and facts are too long to be listed.
          dependsOnArrival: true,
          expected,
          found: kept,
        };
  }
  for (const home of [...awaited].sort()) yield homeDifference('missing_row', home);
}

/** Compares the ways from names to homes, by which the engine finds what belongs together. */
export async function* compareReach(
  client: ClientBase,
  key: GenerationKey,
  graph: MemoryGraph<unknown>,
): AsyncGenerator<Difference | 'equal_row', void, void> {
  const awaited = new Map<string, ReachRow>();
  for (const home of graph.names()) {
    for (const kind of reachKinds) {
      for (const name of namesGivenBy(graph.node(home).home, kind)) {
        const row = { name, kind, home };
        awaited.set(reachKey(row), row);
      }
    }
  }
  for await (const row of storedReach(client, key)) {
    yield awaited.delete(reachKey(row)) ? 'equal_row' : reachDifference('extra_row', row);
  }
  for (const [, row] of [...awaited].sort(([left], [right]) => (left < right ? -1 : 1))) {
    yield reachDifference('missing_row', row);
  }
}

interface HomeRow {
  readonly home: string;
  readonly events: string;
}

interface ReachRow {
  readonly name: string;
  readonly kind: ReachKind;
  readonly home: string;
}

/** In pages by key: the rows are those of one snapshot as long as the caller's transaction is. */
export async function* storedHomes(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
): AsyncGenerator<HomeRow, void, void> {
  let after = '';
  for (;;) {
    const { rows } = await client.query<HomeRow>(
      `SELECT home, events FROM ${homeTarget.name}
       WHERE group_name = $1 AND generation = $2 AND home > $3 ORDER BY home LIMIT ${fetchedRowsMax}`,
      [groupName, generation, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.home;
  }
}

async function* storedReach(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
): AsyncGenerator<ReachRow, void, void> {
  let after: readonly string[] = ['', '', ''];
  for (;;) {
    const { rows } = await client.query<ReachRow>(
      `SELECT name, kind, home FROM ${reachTarget.name}
       WHERE group_name = $1 AND generation = $2 AND (name, kind, home) > ($3, $4, $5)
       ORDER BY name, kind, home LIMIT ${fetchedRowsMax}`,
      [groupName, generation, ...after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = [last.name, last.kind, last.home];
  }
}

/** A line that is no JSON stands for itself: it equals no fact. */
function canonicalLine(line: string): string {
  try {
    return canonicalJson(JSON.parse(line) as unknown);
  } catch {
    return line;
  }
}

function wordsOf(facts: readonly string[]): string {
  return `${facts.length} facts, SHA-256 ${canonicalDigest([...facts].sort())}`;
}

function reachKey({ name, kind, home }: ReachRow): string {
  return JSON.stringify([name, kind, home]);
}

function homeDifference(kind: Difference['kind'], home: string): Difference {
  const primaryKey = { home };
  return { kind, table: homeTarget.name, primaryKey, subject: home, revision: undefined };
}

function reachDifference(
  kind: Difference['kind'],
  { name, kind: way, home }: ReachRow,
): Difference {
  const primaryKey = { name, kind: way, home };
  return { kind, table: reachTarget.name, primaryKey, subject: home, revision: undefined };
}
