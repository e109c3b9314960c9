import { type ContextWording, notTold } from '../event-wording.js';
import { because, countOf } from './phrases.js';

export const sourceWording: ContextWording<'sources'> = {
  IntegrationOutageStarted: {
    internal: ({ data }) => `Outage ${data.outage} began${because(data.cause)}`,
    customer: notTold,
  },
  IntegrationOutageEnded: {
    internal: ({ data }) =>
      `Outage ${data.outage} is over${data.backlog === undefined ? '' : `; ${countOf(data.backlog, 'message')} had waited`}`,
    customer: notTold,
  },
  SourceControlTotalReceived: {
    internal: ({ data }) =>
      `${data.reporter} says it sent ${countOf(data.records, 'record')} for ${data.span}`,
    customer: notTold,
  },
  SourceAuthoritySet: {
    internal: ({ data }) =>
      `${data.reporter} has rank ${data.rank} for ${data.eventType} from ${data.validFrom}`,
    customer: notTold,
  },
};
