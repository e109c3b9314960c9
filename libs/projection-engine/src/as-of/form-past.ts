import type { ClientBase } from 'pg';
import type { GroupPlan } from '../fold/derive-rows.js';
import { changedHomes } from './arrival-table.js';
import {
  type LoadedPart,
  loadHomes,
  loadSubjects,
  loadTouchedSince,
  pastGraphOf,
} from './past-graph.js';
import { loadPart } from './load-part.js';
import { type PastRefusal, refused } from './moment.js';
import { differencesToThen, type PastTables, rowsOfThen, type Wanted } from './past-tables.js';
import type { Loading } from '../fold/touched-subjects.js';
import type { WorkingGraph } from '../fold/working-graph.js';

/** How much one read of the past may fold. Reads of single subjects are bounded by these alone. */
export interface PastLimits {
  /** Events between the moment and now, or between the first event and the moment. */
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

export type FormedPast = { readonly outcome: 'formed'; readonly tables: PastTables } | PastRefusal;

/**
 * Forms tables as they were at a sequence, from whichever side is nearer: of single subjects from all
 * their facts, else back from the tables as they are now, or forth from nothing.
 */
export async function formPast<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
): Promise<FormedPast> {
  const { sequence, tail, subjects, limits } = task;
  if (subjects) return ofSubjects(client, task, subjects);
  const back = tail - sequence;
  const forth = sequence + 1;
  const [nearest, other] = back <= forth ? [goBack, goForth] : [goForth, goBack];
  const formed =
    Math.min(back, forth) <= limits.pastEventsMax ? await nearest(client, task) : tooFar;
  if (formed !== tooFar) return formed;
  const again = Math.max(back, forth) <= limits.pastEventsMax ? await other(client, task) : tooFar;
  if (again !== tooFar) return again;
  return refused(
    'as_of_too_far',
    `Sequence ${sequence} lies ${back} events before the last one and ${forth} behind the beginning; ` +
      `a read folds at most ${limits.pastEventsMax} events and loads ${limits.loadedNamesMax} names.`,
  );
}

const tooFar = Symbol('too far');
type Formed = FormedPast | typeof tooFar;

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
  return formed(await rowsOfThen(task.plan, loaded.past, subjects, task.wanted));
}

/** Takes back what the events behind the sequence did. */
async function goBack<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
): Promise<Formed> {
  const { plan, sequence, tail, wanted } = task;
  const homes = await changedHomes(client, keyOf(task), { first: sequence + 1, last: tail });
  if (homes === undefined) return notKept();
  const loaded = await loadOf(client, task, (graph) =>
    loadTouchedSince(plan.definition, graph, homes, sequence),
  );
  if (!loaded) return tooFar;
  const { graph, part, past } = loaded;
  const now = { graph: graph.after, expanded: part.expanded };
  return formed(await differencesToThen(plan, now, past, part.subjects, wanted));
}

/** Folds all events up to the sequence. */
async function goForth<Event, View>(
  client: ClientBase,
  task: PastTask<Event, View>,
): Promise<Formed> {
  const { plan, sequence, wanted } = task;
  const homes = await changedHomes(client, keyOf(task), { first: 0, last: sequence });
  if (homes === undefined) return notKept();
  const loaded = await loadOf(client, task, (graph) => loadHomes(graph, homes));
  if (!loaded) return tooFar;
  return formed(await rowsOfThen(plan, loaded.past, loaded.past.names(), wanted));
}

async function loadOf<Event, View>(
  client: ClientBase,
  { plan: { definition, generation }, sequence, limits }: PastTask<Event, View>,
  loading: (graph: WorkingGraph<Event>) => Loading<LoadedPart>,
) {
  const loaded = await loadPart(client, definition, generation, limits.loadedNamesMax, loading);
  if (!loaded) return undefined;
  const { graph, result: part } = loaded;
  return { graph, part, past: pastGraphOf(definition, graph.after, part.homes, sequence) };
}

function keyOf<Event, View>({ plan }: PastTask<Event, View>) {
  return { groupName: plan.definition.name, generation: plan.generation };
}

function formed(tables: PastTables): FormedPast {
  return { outcome: 'formed', tables };
}

function notKept(): PastRefusal {
  return refused(
    'as_of_not_kept',
    'These read models were begun before it was kept which event changed what. Rebuild them.',
  );
}
