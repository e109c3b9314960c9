import type { ClientBase } from 'pg';
import type { GroupPlan } from '../fold/derive-rows.js';
import { changedHomes } from './arrival-table.js';
import { type Base, basesOf, distance } from './bases.js';
import {
  type LoadedPart,
  loadHomes,
  loadSubjects,
  loadTouchedBetween,
  pastGraphOf,
} from './past-graph.js';
import { loadPart } from './load-part.js';
import { type PastRefusal, refused } from './moment.js';
import { differencesToThen, rowsOfThen, type Wanted } from './past-tables.js';
import type { MemoryGraph } from '../fold/memory-graph.js';
import type { TableChange } from '../fold/table-changes.js';
import type { Loading } from '../fold/touched-subjects.js';
import type { WorkingGraph } from '../fold/working-graph.js';

/** How much one read of the past may fold. Reads of single subjects are bounded by these alone. */
export interface PastLimits {
  /** Events between the moment and what it is formed from: now, a waypoint, or the beginning. */
  readonly pastEventsMax: number;
  /** Homes and names whose state is loaded. */
  readonly loadedNamesMax: number;
}

export const defaultPastLimits: PastLimits = { pastEventsMax: 100_000, loadedNamesMax: 1_000_000 };

/** What is asked for of the past. */
export interface PastTask<Event, View> {
  readonly plan: GroupPlan<Event, View>;
  /** The last sequence that counts, and the last that is applied. */
  readonly sequence: number;
  readonly tail: number;
  /** Only rows of these; of all subjects where it is left out. */
  readonly subjects?: readonly string[] | undefined;
  readonly wanted: Wanted;
  readonly limits: PastLimits;
}

/** Tables of the past, and what they are to be laid over. */
export type FormedPast =
  | { readonly outcome: 'formed'; readonly base: Base; readonly changes: readonly TableChange[] }
  | PastRefusal;

/**
 * Forms tables as they were at a sequence: of single subjects from all their facts, else from what is
 * nearest, be it the tables as they are now, a waypoint on either side, or nothing.
 */
export async function formPast<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
): Promise<FormedPast> {
  const { sequence, tail, subjects, limits } = task;
  if (subjects) return ofSubjects(client, task, subjects);
  const bases = await basesOf(client, keyOf(task), sequence, tail, isAtWaypoints(task));
  for (const base of bases) {
    if (distance(base, sequence) > limits.pastEventsMax) break;
    const formed = await (base.kind === 'nothing'
      ? fromNothing(client, task)
      : from(client, task, base));
    if (formed !== tooFar) return formed;
  }
  const nearest = bases[0] ? distance(bases[0], sequence) : sequence;
  return refused(
    'as_of_too_far',
    `Sequence ${sequence} lies ${nearest} events from the nearest that is kept; a read folds at ` +
      `most ${limits.pastEventsMax} events and loads ${limits.loadedNamesMax} names. ` +
      'Ask for one order, or for a moment nearer to either end of the ledger.',
  );
}

const tooFar = Symbol('too far');
type Formed = FormedPast | typeof tooFar;

const nothing: Base = { kind: 'nothing', sequence: -1 };

/** Only what is kept at waypoints can be formed from them. */
function isAtWaypoints<Event, View>({ plan, wanted }: PastTask<Event, View>): boolean {
  const tables = plan.tables.flatMap((byName) => [...byName.values()]);
  return tables.every(({ table }) => !wanted(table.name) || table.waypointRows !== undefined);
}

async function ofSubjects<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
  subjects: readonly string[],
): Promise<FormedPast> {
  const loaded = await loadOf(client, task, (graph) => loadSubjects(graph, subjects));
  if (!loaded) {
    return refused(
      'as_of_too_far',
      `To derive ${subjects.join(', ')} needs more than ${task.limits.loadedNamesMax} names.`,
    );
  }
  const past = factsUpTo(task, loaded, task.sequence);
  return formed(nothing, await rowsOfThen(task.plan, past, subjects, task.wanted));
}

/** Takes back what the events between the sequence and the base did, or applies it. */
async function from<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
  base: Base,
): Promise<Formed> {
  const { plan, sequence, wanted } = task;
  const between = {
    first: Math.min(sequence, base.sequence) + 1,
    last: Math.max(sequence, base.sequence),
  };
  const homes = await changedHomes(client, keyOf(task), between);
  if (homes === undefined) return notKept();
  const loaded = await loadOf(client, task, (graph) =>
    loadTouchedBetween(plan.definition, graph, homes, between),
  );
  if (!loaded) return tooFar;
  const { graph, part } = loaded;
  const held =
    base.kind === 'now'
      ? { graph: graph.after, names: part.expanded }
      : inMemory(factsUpTo(task, loaded, base.sequence));
  const then = factsUpTo(task, loaded, sequence);
  return formed(base, await differencesToThen(plan, held, then, part.subjects, wanted));
}

/** Folds all events up to the sequence. */
async function fromNothing<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
): Promise<Formed> {
  const { plan, sequence, wanted } = task;
  const homes = await changedHomes(client, keyOf(task), { first: 0, last: sequence });
  if (homes === undefined) return notKept();
  const loaded = await loadOf(client, task, (graph) => loadHomes(graph, homes));
  if (!loaded) return tooFar;
  const past = factsUpTo(task, loaded, sequence);
  return formed(nothing, await rowsOfThen(plan, past, past.names(), wanted));
}

interface LoadedFacts<Event> {
  readonly graph: WorkingGraph<Event>;
  readonly part: LoadedPart;
}

function factsUpTo<Event, View>(
  { plan }: PastTask<Event, View>,
  { graph, part }: LoadedFacts<Event>,
  sequence: number,
): MemoryGraph<Event> {
  return pastGraphOf(plan.definition, graph.after, part.homes, sequence);
}

function inMemory<Event>(graph: MemoryGraph<Event>) {
  return { graph, names: graph.names() };
}

async function loadOf<Event, View>(
  client: ClientBase,
  { plan: { definition, generation }, limits }: PastTask<Event, View>,
  loading: (graph: WorkingGraph<Event>) => Loading<LoadedPart>,
): Promise<LoadedFacts<Event> | undefined> {
  const loaded = await loadPart(client, definition, generation, limits.loadedNamesMax, loading);
  return loaded && { graph: loaded.graph, part: loaded.result };
}

function keyOf<Event, View>({ plan }: PastTask<Event, View>) {
  return { groupName: plan.definition.name, generation: plan.generation };
}

function formed(base: Base, changes: readonly TableChange[]): FormedPast {
  return { outcome: 'formed', base, changes };
}

function notKept(): PastRefusal {
  return refused(
    'as_of_not_kept',
    'These read models were begun before it was kept which event changed what. Rebuild them.',
  );
}
