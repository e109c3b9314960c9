import type { ProblemDefinition } from '../problems/problem-definition.js';

/** What can be wrong with a request about parked events. */
export const parkedProblems = {
  parked_key_not_found: {
    status: 404,
    text: 'Nothing is parked under this key.',
    remedy: 'Take the key from GET /v1/parked; it may have been applied meanwhile.',
  },
  parked_event_waits: {
    status: 409,
    text: 'Nothing is wrong with the event itself; it waits behind another.',
    remedy: 'Decide about the first event of the key, as GET /v1/parked names it.',
  },
  parked_retry_refused: {
    status: 409,
    text: 'The key could not be retried; nothing changed.',
    remedy: 'See the detail for what is in the way.',
  },
  parked_retry_pending: {
    status: 504,
    text: 'The projector did not answer within the time allowed; the request stands.',
    remedy: 'See GET /v1/parked later: it is done as soon as a projector holds the read models.',
  },
} as const satisfies Record<string, ProblemDefinition>;
