import { memoizeByObject } from '#kernel';
import { registerWinner } from '../resolution/register.js';
import type { ResolvedEvent } from '../resolution/resolve.js';
import { ofOrder, type SubjectView } from '../subject-view.js';

/** One promise of a delivery date among all that were made. */
export interface DeliveryPromise {
  /** Null where it is for the whole order. */
  readonly line: string | null;
  readonly promised: string;
  readonly cause: string | null;
  readonly setAt: string | null;
  readonly account: string;
  /** True for the one that counts now. */
  readonly inForce: boolean;
  readonly eventId: string;
}

/**
 * Every promise that was made, in order of occurrence. Each name of the order has registers of its
 * own, so what they hold is one register once more.
 */
export const promiseHistoryOf = memoizeByObject((view: SubjectView): readonly DeliveryPromise[] => {
  const inForce = new Set(winners(view));
  return view.events.flatMap(({ event, at, standing }) => {
    if (event.type !== 'PromiseDateSet' || !view.orders.has(event.leaf)) return [];
    if (standing !== 'effective' && standing !== 'superseded') return [];
    const { line, promised, cause } = event.data;
    return [
      {
        line: line ?? null,
        promised,
        cause: cause ?? null,
        setAt: at,
        account: event.account,
        inForce: inForce.has(event.eventId),
        eventId: event.eventId,
      },
    ];
  });
});

/** The promise for the whole order, or else the latest of its lines; null where there is none. */
export function promisedDateOf(view: SubjectView): string | null {
  const inForce = promiseHistoryOf(view).filter((promise) => promise.inForce);
  const whole = inForce.find(({ line }) => line === null);
  return (
    whole?.promised ??
    inForce
      .map(({ promised }) => promised)
      .sort()
      .at(-1) ??
    null
  );
}

function winners(view: SubjectView): readonly string[] {
  const promises = ofOrder(view, 'PromiseDateSet');
  const byLine = new Map<string | undefined, ReturnType<typeof registerFactOf>[]>();
  for (const { event, resolved } of promises) {
    const facts = byLine.get(event.data.line) ?? [];
    byLine.set(event.data.line, [...facts, registerFactOf(resolved)]);
  }
  return [...byLine.values()].flatMap((facts) => registerWinner(facts)?.factId ?? []);
}

function registerFactOf({ event, rank, at }: ResolvedEvent) {
  return {
    object: JSON.stringify([event.account, event.leaf]),
    rank,
    version: event.version === null ? null : BigInt(event.version),
    at,
    factId: event.eventId,
  };
}
