import { type EventOf, type EventType, linkedLeaf } from '#events';
import { categoryOf, memoizeByObject, Remembering } from '#kernel';
import type { Finding } from './findings/finding.js';
import { documentsRead } from './documents.js';
import { survivingOrder } from './orders/order-aliases.js';
import type { ReferenceData } from './reference-data.js';
import { type Detachments, detachmentsOf } from './resolution/detachment.js';
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
  /** What lies on a home that belongs to the subject or is read for it; empty where nothing does. */
  reportsOf(home: string): readonly Report[];
  /** Reference facts, such as costs, judged like all others. */
  readonly referenceEvents: readonly ResolvedEvent[];
  /** The subject and, where it is an order, every order that is another name of it. */
  readonly orders: ReadonlySet<string>;
  /** The order this one is another name of, or null. */
  readonly aliasOf: string | null;
  /** The effective events of one type, in order of occurrence. */
  effective<Type extends EventType>(type: Type): readonly Effective<Type>[];
}

/**
 * Judges what belongs to a subject. Pure: equal sets of facts give equal views.
 *
 * It judges when it is first asked, since most subjects have no rows of their own and are never
 * asked; subjects that share their homes share the judgement.
 */
export function subjectViewOf(facts: GatheredFacts, reference: ReferenceData): SubjectView {
  return new JudgedSubject(facts, reference);
}

class JudgedSubject extends Remembering implements SubjectView {
  readonly subject: string;
  readonly homes: ReadonlyMap<string, readonly Report[]>;
  readonly #referenceHomes: ReadonlyMap<string, readonly Report[]>;
  #orderNames: OrderNames | undefined;
  #referenceEvents: readonly ResolvedEvent[] | undefined;
  #effective: ReadonlyMap<EventType, readonly Effective<EventType>[]> | undefined;

  constructor(
    facts: GatheredFacts,
    readonly reference: ReferenceData,
  ) {
    super();
    this.subject = facts.subject;
    const { homes, referenceHomes } = withAbsorbed(facts);
    this.homes = withDocuments(facts.subject, homes, referenceHomes);
    this.#referenceHomes = referenceHomes;
  }

  get events(): readonly ResolvedEvent[] {
    return resolutionOf(this.homes).events;
  }

  get findings(): readonly Finding[] {
    return resolutionOf(this.homes).findings;
  }

  get referenceEvents(): readonly ResolvedEvent[] {
    // An order is read by its payments for its names alone.
    const homes = [...this.#referenceHomes].filter(([home]) => !isOrder(home));
    const [only, ...others] = homes;
    if (only === undefined) return [];
    // One home is read by many, such as an item's costs by all of its issues: judged once for all.
    if (others.length === 0) return referenceEventsOf(only[1]);
    this.#referenceEvents ??= resolve(homes.flatMap(([, reports]) => reports)).events;
    return this.#referenceEvents;
  }

  reportsOf(home: string): readonly Report[] {
    return this.homes.get(home) ?? this.#referenceHomes.get(home) ?? [];
  }

  get orders(): ReadonlySet<string> {
    return this.#names().orders;
  }

  get aliasOf(): string | null {
    return this.#names().aliasOf;
  }

  effective<Type extends EventType>(type: Type): readonly Effective<Type>[] {
    this.#effective ??= effectiveByType(this.events);
    // The events under a type are of that type.
    return (this.#effective.get(type) ?? []) as unknown as readonly Effective<Type>[];
  }

  #names(): OrderNames {
    this.#orderNames ??= orderNamesOf(this);
    return this.#orderNames;
  }
}

const resolutionOf = memoizeByObject((homes: ReadonlyMap<string, readonly Report[]>) =>
  resolve([...homes.values()].flat()),
);

const referenceEventsOf = memoizeByObject((reports: readonly Report[]) => resolve(reports).events);

type OrderNames = Pick<SubjectView, 'orders' | 'aliasOf'>;

function orderNamesOf({ subject, events }: Pick<SubjectView, 'subject' | 'events'>): OrderNames {
  // Only orders are other names of orders.
  if (!isOrder(subject)) return { orders: new Set([subject]), aliasOf: null };
  const { survivor, aliases } = survivingOrder(subject, events);
  return {
    orders: new Set([subject, ...aliases]),
    aliasOf: survivor === subject ? null : survivor,
  };
}

/** What belongs to the subject, with what it reads of documents that are about other things as well. */
function withDocuments(
  subject: string,
  homes: GatheredFacts['homes'],
  referenceHomes: GatheredFacts['referenceHomes'],
): ReadonlyMap<string, readonly Report[]> {
  const documents = documentsRead(subject, homes, referenceHomes);
  return documents.size === 0 ? homes : new Map([...homes, ...documents]);
}

/** A loop, since orders may be other names of each other in chains of any length. */
function withAbsorbed(facts: GatheredFacts): Pick<GatheredFacts, 'homes' | 'referenceHomes'> {
  if (facts.absorbed.length === 0) return facts;
  const homes = new Map<string, readonly Report[]>();
  const referenceHomes = new Map<string, readonly Report[]>();
  const open = [facts];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [home, events] of next.homes) homes.set(home, events);
    for (const [home, events] of next.referenceHomes) referenceHomes.set(home, events);
    for (const absorbed of next.absorbed) open.push(absorbed);
  }
  return { homes, referenceHomes };
}

function effectiveByType(
  events: readonly ResolvedEvent[],
): ReadonlyMap<EventType, readonly Effective<EventType>[]> {
  const byType = new Map<EventType, Effective<EventType>[]>();
  for (const resolved of events) {
    if (resolved.standing !== 'effective') continue;
    const one = { event: resolved.completed, resolved };
    const others = byType.get(resolved.event.type);
    if (others === undefined) byType.set(resolved.event.type, [one]);
    else others.push(one);
  }
  return byType;
}

/** True where the subject is an order, and not something else that facts speak of. */
export function isOrder(subject: string): boolean {
  return categoryOf(subject) === 'order';
}

/** The effective events of one type that lie on an order of the view, under any of its names. */
export function ofOrder<Type extends EventType>(
  view: SubjectView,
  type: Type,
): readonly Effective<Type>[] {
  return view.effective(type).filter(({ event }) => view.orders.has(event.leaf));
}

/** False for a line of another order in a thing that the view's order shares with it. */
export function isOwnLine(view: SubjectView, order: string | null): boolean {
  return order === null || !isOrder(view.subject) || view.orders.has(order);
}

/** The effective ties of one object to orders, in order of occurrence, undone ones among them. */
export function orderLinksOf(
  view: SubjectView,
  object: string,
): readonly Effective<'ExternalReferenceAttached'>[] {
  return view.effective('ExternalReferenceAttached').filter(({ event }) => {
    const linked = linkedLeaf(event.data);
    return event.leaf === object && linked !== undefined && isOrder(linked);
  });
}

/** When ties of the view were undone. */
export const detachmentsIn = memoizeByObject((view: SubjectView): Detachments =>
  view.effective('ExternalReferenceDetached').length === 0
    ? detachmentsOf([])
    : detachmentsOf(view.events.filter(({ standing }) => standing !== 'annulled')),
);
