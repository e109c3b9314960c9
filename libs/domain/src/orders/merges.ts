import { linkedLeaf } from '#events';
import { categoryOf } from '#kernel';
import { detachmentsOf } from '../resolution/detachment.js';
import type { Report } from '../resolution/report.js';
import type { Standing } from '../resolution/standing.js';

/** An order that is another name of one that goes on. */
export interface Merge {
  readonly alias: string;
  readonly survivor: string;
  /** What says so: a source's tie, or a decision. */
  readonly eventId: string;
}

/** What of a judged event says whether it merges orders. */
interface JudgedEvent extends Pick<Report, 'event' | 'at'> {
  readonly standing: Standing;
}

/**
 * The merges of orders that hold, in order of occurrence. One that was reverted, or whose tie was
 * undone, is as if it had never been; a reversal that was corrected reverts nothing.
 */
export function mergesInForce(events: readonly JudgedEvent[]): readonly Merge[] {
  const merges: Merge[] = [];
  const reverted = new Set<string>();
  for (const { event, standing } of events) {
    if (standing !== 'effective') continue;
    if (event.type === 'OrderMergeReverted') reverted.add(event.data.mergedBy);
    const survivor = survivorNamedBy(event);
    if (survivor === undefined) continue;
    merges.push({ alias: event.leaf, survivor, eventId: event.eventId });
  }
  if (merges.length === 0) return merges;
  const detachments = detachmentsOf(events.filter(({ standing }) => standing !== 'annulled'));
  return merges.filter(
    ({ alias, survivor, eventId }) =>
      !reverted.has(eventId) && !detachments.isUndone(alias, survivor),
  );
}

function survivorNamedBy(event: Report['event']): string | undefined {
  if (event.type === 'OrderMarkedDuplicate') return event.data.survivingOrder;
  if (event.type !== 'ExternalReferenceAttached' || categoryOf(event.leaf) !== 'order') {
    return undefined;
  }
  const linked = linkedLeaf(event.data);
  return linked !== undefined && categoryOf(linked) === 'order' ? linked : undefined;
}
