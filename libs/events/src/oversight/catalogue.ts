import { approvalDenied } from './approval-denied.js';
import { approvalGranted } from './approval-granted.js';
import { approvalRequested } from './approval-requested.js';
import { exceptionAssigned } from './exception-assigned.js';
import { exceptionEscalated } from './exception-escalated.js';
import { exceptionRaised } from './exception-raised.js';
import { exceptionResolved } from './exception-resolved.js';
import { exceptionSlaBreached } from './exception-sla-breached.js';
import { recommendationMade } from './recommendation-made.js';
import { recommendationOverridden } from './recommendation-overridden.js';

/** The events of what people decide about: exceptions, approvals, recommendations. */
export const oversightEvents = {
  ExceptionRaised: exceptionRaised,
  ExceptionAssigned: exceptionAssigned,
  ExceptionEscalated: exceptionEscalated,
  ExceptionSlaBreached: exceptionSlaBreached,
  ExceptionResolved: exceptionResolved,
  ApprovalRequested: approvalRequested,
  ApprovalGranted: approvalGranted,
  ApprovalDenied: approvalDenied,
  RecommendationMade: recommendationMade,
  RecommendationOverridden: recommendationOverridden,
} as const;
