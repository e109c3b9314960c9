import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CacheLimits } from '../cache/fact-cache.js';
import type { StoredFacts } from '../cache/load-into-graph.js';
import type { GroupDefinition, Placement, Row, SubjectFacts, Value } from '../contract.js';
import { BatchFolder } from '../run/batch-folder.js';
import { type GroupPlan, groupPlanOf } from './derive-rows.js';
import type { Need } from './fact-graph.js';
import { foldAll } from './full-fold.js';
import type { Fact } from './home.js';
import { MemoryGraph } from './memory-graph.js';
import { keyOf } from './table-plan.js';
import type { TableChange } from './table-changes.js';
import { TableChanges } from './table-changes.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

interface Note {
  readonly id: string;
  readonly amount: number;
  readonly placement: Placement;
}

function outlineOf(facts: SubjectFacts<Note>): unknown {
  const homes = (map: ReadonlyMap<string, readonly Note[]>): unknown =>
    [...map].map(([name, notes]) => [name, notes.map((note) => note.id)]);
  return [
    facts.subject,
    homes(facts.homes),
    homes(facts.referenceHomes),
    facts.absorbed.map(outlineOf),
  ];
}

/** Rows that show all a subject was given, rows that pass from home to home, and sums. */
function rowsOf(facts: SubjectFacts<Note>): readonly Row[] {
  const outline = JSON.stringify(outlineOf(facts));
  const rows: Row[] = [{ table: 'outline', values: [facts.subject, outline] }];
  const own = facts.homes.get(facts.subject) ?? [];
  const visible = [...facts.homes.values()].flat();
  for (const name of new Set(own.flatMap((note) => note.placement.connects))) {
    const naming = visible.filter((note) => note.placement.connects.includes(name));
    const least = naming.map((note) => note.id).sort()[0];
    if (own.some((note) => note.id === least)) {
      rows.push({ table: 'owner', values: [name, facts.subject, naming.length] });
    }
  }
  for (const { amount } of own) {
    const values = [`key${amount % 3}`, BigInt(amount * facts.homes.size)];
    rows.push({ table: 'total', values });
  }
  return rows;
}

const definition: GroupDefinition<Note, SubjectFacts<Note>> = {
  name: 'notes',
  projections: [
    {
      name: 'notes',
      version: 1,
      tables: [
        {
          name: 'outline',
          kind: 'rows',
          columns: [
            { name: 'subject', type: 'text' },
            { name: 'outline', type: 'text' },
          ],
          primaryKey: ['subject'],
        },
        {
          name: 'owner',
          kind: 'rows',
          columns: [
            { name: 'name', type: 'text' },
            { name: 'subject', type: 'text' },
            { name: 'notes', type: 'integer' },
          ],
          primaryKey: ['name'],
        },
        {
          name: 'total',
          kind: 'sums',
          columns: [
            { name: 'key', type: 'text' },
            { name: 'amount', type: 'bigint' },
          ],
          primaryKey: ['key'],
        },
      ],
      rowsOf,
    },
  ],
  read: (stored) => stored.data as Note,
  placementOf: (note) => note.placement,
  eventIdOf: (note) => note.id,
  recordedAtOf: () => undefined,
  sequenceOf: () => 0,
  pack: (note) => note,
  unpack: (packed) => packed as Note,
  viewOf: (facts) => facts,
};

const plan: GroupPlan<Note, SubjectFacts<Note>> = groupPlanOf(definition, 1);

const factOf = (note: Note): Fact<Note> => ({
  eventId: note.id,
  event: note,
  placement: note.placement,
});

/** Tables as maps, changed as PostgreSQL's are: what is missing or doubled is an error. */
class Tables {
  readonly rows = new Map<string, readonly Value[]>();

  apply({ plan, inserts, updates, deletes, sums }: TableChange): void {
    const { name } = plan.table;
    for (const key of deletes) {
      if (!this.rows.delete(`${name} ${String(key)}`)) throw new Error(`no row ${String(key)}`);
    }
    for (const values of updates) {
      const key = `${name} ${keyOf(plan, values)}`;
      if (!this.rows.has(key)) throw new Error(`no row ${key}`);
      this.rows.set(key, values);
    }
    for (const values of inserts) {
      const key = `${name} ${keyOf(plan, values)}`;
      if (this.rows.has(key)) throw new Error(`row ${key} twice`);
      this.rows.set(key, values);
    }
    for (const { keyValues, amounts, contributions } of sums) {
      const key = `${name} ${String(keyValues)}`;
      const held = (this.rows.get(key) ?? [0n, 0n]) as bigint[];
      const sum = [held[0]! + amounts[0]!, held[1]! + contributions];
      if (sum[1] === 0n) this.rows.delete(key);
      else this.rows.set(key, sum);
    }
  }

  dump(): readonly unknown[] {
    return [...this.rows].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}

/** Answers as the engine's tables would: only what earlier batches wrote. */
function queryOver(graph: MemoryGraph<Note>, counted: { queries: number }) {
  return async (need: Need): Promise<StoredFacts<Note>> => {
    counted.queries += 1;
    return {
      nodes: new Map(need.names.map((name) => [name, structuredClone(graph.node(name))])),
      readers: new Map(need.readers.map((name) => [name, [...graph.readersOf(name)]])),
    };
  };
}

async function foldInBatches(
  batches: readonly (readonly Note[])[],
  limits: CacheLimits,
  restartAfter: number,
): Promise<{ readonly tables: Tables; readonly repeated: number; readonly queries: number }> {
  const graph = new MemoryGraph<Note>();
  const counted = { queries: 0 };
  const tables = new Tables();
  let folder = new BatchFolder(plan, queryOver(graph, counted), limits, true);
  let repeated = 0;
  for (const [index, batch] of batches.entries()) {
    if (index === restartAfter) {
      folder = new BatchFolder(plan, queryOver(graph, counted), limits, index === 0);
    }
    const fold = await folder.fold(batch.map(factOf));
    for (const change of fold.tables) tables.apply(change);
    for (const { facts } of fold.homeAppends) for (const fact of facts) graph.add(fact);
    repeated += fold.repeated;
  }
  return { tables, repeated, queries: counted.queries };
}

function foldAtOnce(notes: readonly Note[]): readonly unknown[] {
  const graph = new MemoryGraph<Note>();
  for (const note of notes) graph.add(factOf(note));
  const changes = new TableChanges();
  for (const { rows } of foldAll(plan, graph)) changes.add(rows);
  const tables = new Tables();
  for (const change of changes.changes()) tables.apply(change);
  return tables.dump();
}

const homes = ['h0', 'h1', 'h2', 'h3', 'h4'];
const few = (names: readonly string[]) =>
  fc.array(fc.constantFrom(...names), { maxLength: 2 }).map((given) => [...new Set(given)]);
const placements: fc.Arbitrary<Placement> = fc.record({
  home: fc.constantFrom(...homes),
  connects: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, few(['n0', 'n1', 'n2', ...homes])),
  subjects: few(['s0', 's1', 'h0', 'n1']),
  reads: few(['h3', 'h4', 'r0']),
  absorbedBy: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, few(['s0', 's2', ...homes])),
});
const histories = fc
  .array(fc.record({ amount: fc.integer({ min: -9, max: 9 }), placement: placements }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((notes) => notes.map((note, index): Note => ({ id: `e${index}`, ...note })));

/** A history in any order, cut into batches anywhere. */
const deliveries = histories.chain((notes) =>
  fc.record({
    notes: fc.constant(notes),
    order: fc.shuffledSubarray(notes, { minLength: notes.length }),
    cuts: fc.array(fc.boolean(), { minLength: notes.length, maxLength: notes.length }),
    restartAfter: fc.integer({ min: -1, max: 8 }),
    cachedMax: fc.constantFrom(4, 12, 40, 10_000),
    cachedRowsMax: fc.constantFrom(30, 10_000),
  }),
);

function cut(order: readonly Note[], cuts: readonly boolean[]): readonly (readonly Note[])[] {
  const batches: Note[][] = [[]];
  for (const [index, note] of order.entries()) {
    batches.at(-1)!.push(note);
    if (cuts[index]) batches.push([]);
  }
  return batches.filter((batch) => batch.length > 0);
}

describe('folding in batches', () => {
  it('gives what all facts at once give, in any order, cut anywhere, whatever is still cached', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (delivery) => {
        const { notes, order, cuts, restartAfter, cachedMax, cachedRowsMax } = delivery;
        const limits = { cachedFactsMax: cachedMax, cachedReadersMax: cachedMax, cachedRowsMax };
        const { tables } = await foldInBatches(cut(order, cuts), limits, restartAfter);
        expect(tables.dump()).toEqual(foldAtOnce(notes));
      }),
      { numRuns: deep ? 20_000 : 1_500 },
    );
  });

  it('counts a fact whose id its home has, and applies it once', async () => {
    const placement = { home: 'h0', connects: [], subjects: [], reads: [], absorbedBy: [] };
    const note: Note = { id: 'e0', amount: 4, placement };
    const limits = { cachedFactsMax: 100, cachedReadersMax: 100, cachedRowsMax: 100 };
    const { tables, repeated } = await foldInBatches([[note, note], [note]], limits, 1);
    expect(repeated).toBe(2);
    expect(tables.dump()).toEqual(foldAtOnce([note]));
  });

  it('looks nothing up while it builds empty tables and its cache holds everything', async () => {
    const notes = fc
      .sample(histories, { numRuns: 20, seed: 7 })
      .flatMap((history, round) => history.map((note) => ({ ...note, id: `${round} ${note.id}` })));
    const batches = notes.map((note) => [note]);
    const limits = { cachedFactsMax: 1e6, cachedReadersMax: 1e6, cachedRowsMax: 1e6 };
    expect((await foldInBatches(batches, limits, -1)).queries).toBe(0);
    expect((await foldInBatches(batches, limits, 3)).queries).toBeGreaterThan(0);
  });

  it('refuses two rows of one primary key', async () => {
    const doubled: GroupPlan<Note, SubjectFacts<Note>> = {
      ...plan,
      definition: {
        ...definition,
        projections: definition.projections.map((projection) => ({
          ...projection,
          rowsOf: () => [{ table: 'outline', values: ['same', ''] }],
        })),
      },
    };
    const graph = new MemoryGraph<Note>();
    const limits = { cachedFactsMax: 100, cachedReadersMax: 100, cachedRowsMax: 100 };
    const folder = new BatchFolder(doubled, queryOver(graph, { queries: 0 }), limits, true);
    const notes = ['h0', 'h1'].map((home) => ({
      id: home,
      amount: 1,
      placement: { home, connects: [], subjects: [], reads: [], absorbedBy: [] },
    }));
    await expect(folder.fold(notes.map(factOf))).rejects.toThrow(
      'Two rows of notes_v1_g1.outline have the primary key (same).',
    );
  });
});

describe('the names of a home', () => {
  it('lead back to it under every kind', () => {
    const graph = new MemoryGraph<Note>();
    const placement = {
      home: 'h0',
      connects: ['n'],
      subjects: ['s'],
      reads: ['r'],
      absorbedBy: ['a'],
    };
    graph.add(factOf({ id: 'e', amount: 1, placement }));
    expect(graph.node('n').connects).toEqual(['h0']);
    expect(graph.node('s').subjects).toEqual(['h0']);
    expect(graph.node('a').absorbed).toEqual(['h0']);
    expect(graph.readersOf('r')).toEqual(['h0']);
  });
});
