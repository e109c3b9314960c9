import { returnReceived } from './return-received.js';

/** The events of what comes back. */
export const returnEvents = {
  ReturnReceived: returnReceived,
} as const;
