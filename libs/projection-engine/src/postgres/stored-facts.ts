import type { ClientBase } from 'pg';
import type { StoredFacts } from '../cache/load-into-graph.js';
import type { GroupDefinition } from '../contract.js';
import { type NameNode, type Need, type ReachKind, unusedName } from '../fold/fact-graph.js';
import { emptyHome, enlargeHome, type Fact } from '../fold/home.js';
import { PackingError } from '../parking/rows-refused.js';
import { engineSchema } from './identifiers.js';
import { arrayLiteral } from './text-format.js';
import { TablesDifferError } from './write-rows.js';

const lookUp = `
  SELECT 'home' AS kind, home AS name, events AS value
    FROM ${engineSchema}.home WHERE group_name = $1 AND generation = $4 AND home = ANY($2::text[])
  UNION ALL
  SELECT kind, name, home FROM ${engineSchema}.reach
    WHERE group_name = $1 AND generation = $4 AND kind IN ('connects', 'subjects', 'absorbed')
      AND name = ANY($2::text[])
  UNION ALL
  SELECT kind, name, home FROM ${engineSchema}.reach
    WHERE group_name = $1 AND generation = $4 AND kind = 'reads' AND name = ANY($3::text[])`;

/** Reads the names of one level with one query. */
export async function readStoredFacts<Event, View>(
  client: ClientBase,
  definition: GroupDefinition<Event, View>,
  generation: number,
  need: Need,
): Promise<StoredFacts<Event>> {
  const { rows } = await client.query<{ kind: ReachKind | 'home'; name: string; value: string }>({
    name: 'projection engine reads facts',
    text: lookUp,
    values: [definition.name, arrayLiteral(need.names), arrayLiteral(need.readers), generation],
  });
  const nodes = new Map<string, NameNode<Event>>();
  const readers = new Map<string, string[]>();
  for (const { kind, name, value } of rows) {
    if (kind === 'reads') {
      const homes = readers.get(name);
      if (homes === undefined) readers.set(name, [value]);
      else homes.push(value);
      continue;
    }
    const node = nodes.get(name) ?? unusedName;
    nodes.set(
      name,
      kind === 'home'
        ? { ...node, home: enlargeHome(emptyHome, factsOf(definition, name, value)).home }
        : { ...node, [kind]: [...node[kind], value] },
    );
  }
  return { nodes, readers };
}

/** State rows are JSON Lines, so that facts are appended without reading what is there. */
export function packedLines<Event, View>(
  definition: GroupDefinition<Event, View>,
  facts: readonly Fact<Event>[],
): string {
  return facts.map((fact) => packed(definition, fact)).join('\n');
}

/** @throws PackingError where the definition cannot write the event */
function packed<Event, View>(
  definition: GroupDefinition<Event, View>,
  { event, eventId }: Fact<Event>,
): string {
  try {
    return JSON.stringify(definition.pack(event));
  } catch (error) {
    throw new PackingError(
      `The event ${eventId} cannot be kept as state: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/**
 * The engine wrote these lines itself. Where they cannot be read, another release or hand has been
 * there, and no single event is at fault that could be parked.
 *
 * @throws TablesDifferError
 */
function factsOf<Event, View>(
  definition: GroupDefinition<Event, View>,
  home: string,
  lines: string,
): readonly Fact<Event>[] {
  try {
    return lines.split('\n').map((line) => {
      const event = definition.unpack(JSON.parse(line) as unknown);
      return {
        eventId: definition.eventIdOf(event),
        event,
        placement: definition.placementOf(event),
      };
    });
  } catch (error) {
    throw new TablesDifferError(
      `The state of ${home} in ${definition.name} cannot be read: ` +
        `${error instanceof Error ? error.message : String(error)}. Rebuild the group.`,
      { cause: error },
    );
  }
}
