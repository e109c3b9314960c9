import type { EventType } from '#events';
import { compareInstants, compareText } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/** The effective events on one leaf, such as those of one pickup. */
export interface ThingFacts {
  readonly leaf: string;
  effective<Type extends EventType>(type: Type): readonly Effective<Type>[];
}

/** When something was reached, by the first fact that says so. */
export interface Milestone {
  /** Comparable instant, or null where nobody says when. */
  readonly at: string | null;
  readonly eventId: string;
}

/** What an effective event is placed in time by. */
interface Placed {
  readonly event: { readonly eventId: string };
  readonly resolved: { readonly at: string | null };
}

/** The leaves of the homes given that any of these events lie on, least first, with what is on each. */
export function thingsOf(
  view: SubjectView,
  attached: ReadonlySet<string>,
  types: readonly EventType[],
): readonly ThingFacts[] {
  const leaves = new Set<string>();
  for (const type of types) {
    for (const { event, resolved } of view.effective(type)) {
      if (attached.has(resolved.home)) leaves.add(event.leaf);
    }
  }
  return [...leaves].sort().map((leaf) => ({
    leaf,
    effective: (type) => view.effective(type).filter(({ event }) => event.leaf === leaf),
  }));
}

/** True where any effective event of a view is of one of these types. */
export function tellsOf(view: SubjectView, types: readonly EventType[]): boolean {
  return types.some((type) => view.effective(type).length > 0);
}

/** The first of effective events, which come in order of occurrence. */
export function milestoneOf(effective: readonly Placed[]): Milestone | null {
  const [first] = effective;
  return first === undefined ? null : { at: first.resolved.at, eventId: first.event.eventId };
}

/** Events of several types in order of occurrence, the unknown last. */
export function inOccurrenceOrder<Event extends Placed>(events: readonly Event[]): Event[] {
  return [...events].sort(
    (left, right) =>
      compareInstants(left.resolved.at, right.resolved.at) ||
      compareText(left.event.eventId, right.event.eventId),
  );
}

/** Units of an order line. */
interface LineUnits {
  readonly order: string;
  readonly orderLine: string;
  readonly qty: number;
}

/** Units by order line, added up, in the order in which the lines are first named. */
export class UnitsByLine {
  readonly #units = new Map<string, { order: string; orderLine: string; qty: number }>();

  add({ order, orderLine, qty }: LineUnits): void {
    const key = lineKeyOf(order, orderLine);
    const before = this.#units.get(key);
    if (before) before.qty += qty;
    else this.#units.set(key, { order, orderLine, qty });
  }

  of(order: string, orderLine: string): number {
    return this.#units.get(lineKeyOf(order, orderLine))?.qty ?? 0;
  }

  lines(): readonly LineUnits[] {
    return [...this.#units.values()];
  }
}

/** The units of the lines that several lists name, added up. */
export function unitsByLine(lists: readonly (readonly LineUnits[])[]): UnitsByLine {
  const units = new UnitsByLine();
  for (const list of lists) for (const line of list) units.add(line);
  return units;
}

/** Every line that any of the lists names, each once. */
export function linesNamed(
  ...lists: readonly UnitsByLine[]
): readonly { readonly order: string; readonly orderLine: string }[] {
  const named = new Map(
    lists.flatMap((units) =>
      units
        .lines()
        .map(
          ({ order, orderLine }) => [lineKeyOf(order, orderLine), { order, orderLine }] as const,
        ),
    ),
  );
  return [...named].sort(([left], [right]) => compareText(left, right)).map(([, line]) => line);
}

export function lineKeyOf(order: string, orderLine: string): string {
  return JSON.stringify([order, orderLine]);
}
