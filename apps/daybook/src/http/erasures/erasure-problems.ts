import type { ProblemDefinition } from '../problems/problem-definition.js';

/** Why an erasure is not even asked for. */
export const erasureProblems = {
  erasure_subject_invalid: {
    status: 400,
    text: 'The text names no person in a way that is known.',
    remedy:
      'Give customer:<account>:<id>, recipient:<shipment>, the leaf of an order, an e-mail address or a telephone number.',
  },
  erasure_subject_unknown: {
    status: 404,
    text: 'Nobody is known by this text.',
    remedy: 'Check the account and the id, or look the person up by an order.',
  },
  erasure_subject_ambiguous: {
    status: 409,
    text: 'Several persons are known by this text.',
    remedy: 'Name one of those that are listed, or ask for all of them.',
  },
  erasure_deferral_invalid: {
    status: 400,
    text: 'The deferral is not one that can be kept.',
    remedy: 'Give a day in the future and its legal basis, without naming anybody in it.',
  },
} as const satisfies Record<string, ProblemDefinition>;
