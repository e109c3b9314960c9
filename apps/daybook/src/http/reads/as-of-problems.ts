import type { PastRefusalCode } from '#projection-engine';
import type { ProblemDefinition } from '../problems/problem-definition.js';

/** Why the past that `at` names cannot be told. */
export const asOfProblems = {
  as_of_before_ledger: {
    status: 400,
    text: 'Nothing was recorded by then.',
    remedy: 'Ask for a later instant; the first event is sequence 0.',
  },
  as_of_beyond_tail: {
    status: 400,
    text: 'The read models do not hold so many events.',
    remedy: 'Ask for a sequence that is applied; add "after" to wait for what was just written.',
  },
  as_of_too_far: {
    status: 400,
    text: 'The moment lies too many events away, both from the first event and from the last.',
    remedy:
      'Ask for a moment nearer to either end, or for one order; "daybook help" and the page on ' +
      'reading the past name the limits.',
  },
  as_of_not_kept: {
    status: 409,
    text: 'The read models were built before it was kept which event changed what.',
    remedy: 'Rebuild the read models with this release, and ask again.',
  },
  as_of_other_build: {
    status: 409,
    text: 'The active read models were derived by another build, whose rules this one lacks.',
    remedy: 'Switch to a generation of this build, or ask the build that runs the active one.',
  },
} as const satisfies Record<PastRefusalCode, ProblemDefinition>;
