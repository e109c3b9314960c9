import { type ContextWording, notTold } from '../event-wording.js';
import { because, inWords, money } from './phrases.js';

export const oversightWording: ContextWording<'oversight'> = {
  ExceptionRaised: {
    internal: ({ data }) =>
      `Exception ${inWords(data.type)} (${data.severity}) for ${data.ownerTeam}${data.dueAt === undefined ? '' : `, due ${data.dueAt}`}`,
    customer: notTold,
  },
  ExceptionAssigned: {
    internal: ({ data }) => `Exception given to ${data.assignee}`,
    customer: notTold,
  },
  ExceptionEscalated: {
    internal: ({ data }) => `Exception escalated to ${data.toTeam}, level ${data.level}`,
    customer: notTold,
  },
  ExceptionSlaBreached: {
    internal: ({ data }) => `Exception not resolved by ${data.dueAt}`,
    customer: notTold,
  },
  ExceptionResolved: {
    internal: ({ data }) =>
      `Exception resolved: ${inWords(data.rootCause)}, ${inWords(data.action)}`,
    customer: notTold,
  },
  ApprovalRequested: {
    internal: ({ data }) =>
      `Approval asked for: ${inWords(data.action)}${data.amount === undefined ? '' : ` of ${money(data.amount)}`}`,
    customer: notTold,
  },
  ApprovalGranted: {
    internal: ({ data }) =>
      `Approved by ${data.decidedBy}${data.override === true ? ' against the rule' : ''}${because(data.reason)}`,
    customer: notTold,
  },
  ApprovalDenied: {
    internal: ({ data }) => `Denied by ${data.decidedBy}${because(data.reason)}`,
    customer: notTold,
  },
  RecommendationMade: {
    internal: ({ data }) =>
      `${data.model} ${data.modelVersion} recommends ${inWords(data.recommended)}`,
    customer: notTold,
  },
  RecommendationOverridden: {
    internal: ({ data }) =>
      `${data.decidedBy} chose ${inWords(data.chosen)} instead${because(data.reason)}`,
    customer: notTold,
  },
};
