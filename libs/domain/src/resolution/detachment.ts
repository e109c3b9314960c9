import type { AnyLedgerEvent, EventOf } from '#events';
import { compareInstants } from '#kernel';

/** When ties were undone, and made again. */
export interface Detachments {
  /** True where nothing ties the two any more. */
  isUndone(object: string, reference: string): boolean;
  /** True where the two were no longer, or not yet again, tied at an instant; the unknown is last. */
  isUndoneAt(object: string, reference: string, at: string | null): boolean;
}

interface Change {
  readonly at: string | null;
  readonly isTied: boolean;
}

/** An event that was not annulled, with its comparable instant. */
interface TimedEvent {
  readonly event: AnyLedgerEvent;
  readonly at: string | null;
}

/**
 * Reads off when ties were undone. A tie that never was right is corrected; one that is undone was
 * right until then, and what happened before stays where it was. A tie holds for what happened
 * before it, too: of a payment's order people hear when they hear of it.
 */
export function detachmentsOf(events: readonly TimedEvent[]): Detachments {
  const changes = new Map<string, Change[]>();
  for (const { event, at } of events) {
    if (event.type !== 'ExternalReferenceDetached') continue;
    const name = nameOf(event);
    changes.set(name, [...(changes.get(name) ?? []), { at, isTied: false }]);
  }
  if (changes.size === 0) return neverUndone;
  for (const { event, at } of events) {
    if (event.type === 'ExternalReferenceAttached') {
      changes.get(nameOf(event))?.push({ at, isTied: true });
    }
  }
  const isUndoneAt = (object: string, reference: string, at: string | null): boolean => {
    const until = (changes.get(pairName(object, reference)) ?? []).filter(
      (change) => compareInstants(change.at, at) <= 0,
    );
    // Tied and undone at one instant, it is undone: a tie is there before it can be undone.
    return until.some(
      ({ isTied, at: undoneAt }) =>
        !isTied &&
        !until.some((change) => change.isTied && compareInstants(change.at, undoneAt) > 0),
    );
  };
  return {
    isUndoneAt,
    isUndone: (object, reference) => isUndoneAt(object, reference, null),
  };
}

const neverUndone: Detachments = { isUndone: () => false, isUndoneAt: () => false };

function nameOf({
  leaf,
  data,
}: EventOf<'ExternalReferenceAttached' | 'ExternalReferenceDetached'>): string {
  return pairName(leaf, data.reference);
}

function pairName(object: string, reference: string): string {
  return JSON.stringify([object, reference]);
}
