import type { AnyLedgerEvent } from '#events';
import { categoryOf, memoizeByObject } from '#kernel';

/** What of an event concerns some orders, and whether that is less than all of it. */
export interface OwnPart {
  readonly data: object;
  readonly isWhole: boolean;
}

/** What an order's timeline tells of an event by. */
export interface OwnThings {
  /** The names of the order. */
  readonly orders: ReadonlySet<string>;
  /** The homes that belong to it. */
  readonly homes: ReadonlySet<string>;
}

/**
 * An event's data as one order's timeline shows it: of its lists the lines of the order, and those
 * that name none. A wave, a collective invoice or a parcel for two is shown to each with its own part.
 */
export function ownPartOf(event: AnyLedgerEvent, own: OwnThings): OwnPart {
  const { listed } = ordersListedIn(event);
  if (listed.every((order) => own.orders.has(order))) return { data: event.data, isWhole: true };
  const fields = Object.entries(event.data).map(([field, value]) => [
    field,
    Array.isArray(value) ? value.filter((item: unknown) => isOwn(item, own)) : (value as unknown),
  ]);
  return { data: Object.fromEntries(fields) as object, isWhole: false };
}

function isOwn(item: unknown, { orders, homes }: OwnThings): boolean {
  const order = orderOf(item);
  if (order !== undefined) return orders.has(order);
  // What is listed beside other orders may be theirs.
  return typeof item !== 'string' || homes.has(item);
}

/** The order that an item of a list is of or is. */
function orderOf(item: unknown): string | undefined {
  const named: unknown =
    typeof item === 'object' && item !== null ? Reflect.get(item, 'order') : item;
  return typeof named === 'string' && categoryOf(named) === 'order' ? named : undefined;
}

const ordersListedIn = memoizeByObject((event: AnyLedgerEvent) => {
  const lists = Object.values(event.data).filter((value): value is unknown[] =>
    Array.isArray(value),
  );
  return { listed: [...new Set(lists.flat().flatMap((item) => orderOf(item) ?? []))] };
});
