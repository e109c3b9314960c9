import { approvalNamedBy, type EventOf, type EventType } from '#events';
import { parseLeaf } from '#kernel';
import type { ResolvedEvent } from '../resolution/resolve.js';
import type { SubjectView } from '../subject-view.js';

/** What is known of one approval: an approval may be asked for and answered by several. */
export interface Approval {
  /** Its leaf, as it is named. */
  readonly approval: string;
  readonly requests: readonly EventOf<'ApprovalRequested'>[];
  readonly grants: readonly EventOf<'ApprovalGranted'>[];
  readonly denials: readonly EventOf<'ApprovalDenied'>[];
}

/**
 * The approval by which an event was done. Whatever names an approval reads it, so that it is known
 * without being joined with all else that was done by it.
 */
export function approvalOf(view: SubjectView, event: ResolvedEvent['event']): Approval | undefined {
  const approval = approvalNamedBy(event);
  return approval === undefined ? undefined : approvalIn(view, approval);
}

/** An approval is named by its leaf; where only its own id is told, by that under any account. */
export function approvalIn(view: SubjectView, approval: string): Approval {
  const id = parseLeaf(approval)?.parts?.at(-1);
  const known = [...approvalEvents(view.events), ...approvalEvents(view.referenceEvents)];
  const exact = known.filter(({ leaf }) => leaf === approval);
  // A shortened leaf tells no id, so that two of them are not one for having none.
  const own =
    exact.length > 0 || id === undefined
      ? exact
      : known.filter(({ leaf }) => parseLeaf(leaf)?.parts?.at(-1) === id);
  return {
    approval,
    requests: ofType(own, 'ApprovalRequested'),
    grants: ofType(own, 'ApprovalGranted'),
    denials: ofType(own, 'ApprovalDenied'),
  };
}

const approvalTypes: readonly EventType[] = [
  'ApprovalRequested',
  'ApprovalGranted',
  'ApprovalDenied',
];

function approvalEvents(events: readonly ResolvedEvent[]): readonly ResolvedEvent['event'][] {
  return events
    .filter(({ standing, event }) => standing === 'effective' && approvalTypes.includes(event.type))
    .map(({ completed }) => completed);
}

function ofType<Type extends EventType>(
  events: readonly ResolvedEvent['event'][],
  type: Type,
): readonly EventOf<Type>[] {
  return events.filter(
    (event): event is EventOf<Type> & ResolvedEvent['event'] => event.type === type,
  );
}
