import { type EventOf, type EventType, linkedLeaf } from '#events';
import { categoryOf } from '#kernel';
import type { Finding } from './findings/finding.js';
import { survivingOrder } from './orders/order-aliases.js';
import type { ReferenceData } from './reference-data.js';
import type { Report } from './resolution/report.js';
import { type ResolvedEvent, resolve } from './resolution/resolve.js';

/** All facts that belong to a subject, as the projection engine gathers them. */
export interface GatheredFacts {
  readonly subject: string;
  readonly homes: ReadonlyMap<string, readonly Report[]>;
  readonly referenceHomes: ReadonlyMap<string, readonly Report[]>;
  readonly absorbed: readonly GatheredFacts[];
}

/** An effective event of one type, with what it leaves empty filled in. */
export interface Effective<Type extends EventType> {
  readonly event: EventOf<Type>;
  readonly resolved: ResolvedEvent;
}

/** What is known of a subject, judged once and shared by all read models. */
export interface SubjectView {
  readonly subject: string;
  readonly reference: ReferenceData;
  /** Every event that belongs to the subject, in order of occurrence. */
  readonly events: readonly ResolvedEvent[];
  readonly findings: readonly Finding[];
  /** The homes whose facts these are: what is not shown under an order is shown under them. */
  readonly homes: ReadonlyMap<string, readonly Report[]>;
  /** Reference facts, such as costs, judged like all others. */
  readonly referenceEvents: readonly ResolvedEvent[];
  /** The subject and, where it is an order, every order that is another name of it. */
  readonly orders: ReadonlySet<string>;
  /** The order this one is another name of, or null. */
  readonly aliasOf: string | null;
  /** The effective events of one type, in order of occurrence. */
  effective<Type extends EventType>(type: Type): readonly Effective<Type>[];
}

/** Judges what belongs to a subject. Pure: equal sets of facts give equal views. */
export function subjectViewOf(facts: GatheredFacts, reference: ReferenceData): SubjectView {
  const homes = homesOf(facts);
  const { events, findings } = resolve([...homes.values()].flat());
  const referenceEvents = resolve([...facts.referenceHomes.values()].flat()).events;
  const { survivor, aliases } = survivingOrder(facts.subject, events);
  return {
    subject: facts.subject,
    reference,
    events,
    findings,
    homes,
    referenceEvents,
    orders: new Set([facts.subject, ...aliases]),
    aliasOf: survivor === facts.subject ? null : survivor,
    effective: (type) => effectiveOf(events, type),
  };
}

/** A loop, since orders may be other names of each other in chains of any length. */
function homesOf(facts: GatheredFacts): ReadonlyMap<string, readonly Report[]> {
  const homes = new Map<string, readonly Report[]>();
  const open = [facts];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [home, events] of next.homes) homes.set(home, events);
    for (const absorbed of next.absorbed) open.push(absorbed);
  }
  return homes;
}

function effectiveOf<Type extends EventType>(
  events: readonly ResolvedEvent[],
  type: Type,
): readonly Effective<Type>[] {
  const found: Effective<Type>[] = [];
  for (const resolved of events) {
    if (resolved.standing !== 'effective' || resolved.event.type !== type) continue;
    found.push({ event: resolved.completed as EventOf<Type>, resolved });
  }
  return found;
}

/** The orders the subject's facts name, as the subject knows them: an alias counts as its survivor. */
export function isOrder(subject: string): boolean {
  return categoryOf(subject) === 'order';
}

/** The effective ties of one object to orders, in order of occurrence. */
export function orderLinksOf(
  view: SubjectView,
  object: string,
): readonly Effective<'ExternalReferenceAttached'>[] {
  return view.effective('ExternalReferenceAttached').filter(({ event }) => {
    const linked = linkedLeaf(event.data);
    return event.leaf === object && linked !== undefined && isOrder(linked);
  });
}
