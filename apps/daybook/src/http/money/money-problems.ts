import type { ProblemDefinition } from '../problems/problem-definition.js';

/** What may be unknown of money beside the books. */
export const moneyProblems = {
  gift_card_not_found: {
    status: 404,
    text: 'Nothing is known of this gift card.',
    remedy: 'Give its leaf, or its id with the account that issued it; see GET /v1/gift-cards.',
  },
  payout_not_found: {
    status: 404,
    text: 'Nothing is known of this batch of a provider.',
    remedy: 'Give its leaf, or its id with the account that issued it; see GET /v1/payouts.',
  },
} as const satisfies Record<string, ProblemDefinition>;
