import { type StreamEvents, streamViewOf } from '../stream-events.js';
import { approvalIn } from './approvals.js';

/** How far an approval is, by what its own stream tells; a grant counts before a denial. */
export type ApprovalStanding = 'granted' | 'denied' | 'asked' | 'unknown';

export function approvalStandingOf(approval: string, stream: StreamEvents): ApprovalStanding {
  if (stream.events.length === 0) return 'unknown';
  const { requests, grants, denials } = approvalIn(streamViewOf(stream), approval);
  if (grants.length > 0) return 'granted';
  if (denials.length > 0) return 'denied';
  return requests.length > 0 ? 'asked' : 'unknown';
}
