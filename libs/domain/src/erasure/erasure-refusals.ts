import type { RefusalDescription } from '../decision.js';

/** Why an erasure does not go on. */
export const erasureRefusals = {
  erasure_unknown: {
    status: 404,
    text: 'There is no erasure with this id.',
    remedy: 'See GET /v1/erasures, or "daybook erase --list".',
  },
  erasure_completed: {
    status: 409,
    text: 'The erasure is completed; nothing of it can be taken back or put off.',
    remedy: 'Nothing is left to do.',
  },
  erasure_deferred: {
    status: 409,
    text: 'The erasure is put off, and the reason for it stands.',
    remedy: 'Complete it on the day that is named, or now by an explicit decision ("now").',
  },
} as const satisfies Record<string, RefusalDescription>;

export type ErasureRefusalCode = keyof typeof erasureRefusals;
