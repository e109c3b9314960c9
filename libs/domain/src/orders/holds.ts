import type { BlockableStep, HoldType } from '#events';
import { memoizeByObject } from '#kernel';
import { ofOrder, type SubjectView } from '../subject-view.js';

/** What keeps steps of an order from being taken until somebody releases it. */
export interface Hold {
  readonly holdId: string;
  readonly type: HoldType;
  readonly reason: string | null;
  readonly blocks: readonly BlockableStep[];
  /** Comparable instants; null where unknown. */
  readonly placedAt: string | null;
  readonly released: { readonly at: string | null; readonly eventId: string } | null;
  readonly eventId: string;
}

/** The holds of the view's orders, in the order in which they were placed. */
export const holdsOf = memoizeByObject((view: SubjectView): readonly Hold[] => {
  const releases = new Map(
    ofOrder(view, 'OrderHoldReleased').map(({ event, resolved }) => [
      holdName(event.leaf, event.data.holdId),
      { at: resolved.at, eventId: event.eventId },
    ]),
  );
  return ofOrder(view, 'OrderHoldPlaced').map(({ event: { leaf, eventId, data }, resolved }) => ({
    holdId: data.holdId,
    type: data.type,
    reason: data.reason ?? null,
    blocks: data.blocks,
    placedAt: resolved.at,
    released: releases.get(holdName(leaf, data.holdId)) ?? null,
    eventId,
  }));
});

/** The holds that nobody has released. */
export function openHolds(view: SubjectView): readonly Hold[] {
  return holdsOf(view).filter(({ released }) => released === null);
}

function holdName(leaf: string, holdId: string): string {
  return `${leaf} ${holdId}`;
}
