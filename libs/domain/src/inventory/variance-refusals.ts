import type { RefusalDescription } from '../decision.js';

/** Why it is not settled what became of units that a transfer lacked. */
export const varianceRefusals = {
  transfer_line_unknown: {
    status: 409,
    text: 'The transfer tells of no such line that was requested or sent.',
    remedy: 'Check the transfer and its line; report it first, then ask again under a new key.',
  },
  transfer_item_differs: {
    status: 409,
    text: 'The line of the transfer is of another item, or told in another unit of measure.',
    remedy: 'Name the item and the unit of measure of the line.',
  },
  variance_resolution_exists: {
    status: 409,
    text: 'The line has a resolution with this id already.',
    remedy: 'Choose another id for the resolution, or correct the one that exists.',
  },
  variance_exceeded: {
    status: 409,
    text: 'More units would be settled than were sent, not counted and not settled before.',
    remedy: 'Settle at most the units left.',
  },
} as const satisfies Record<string, RefusalDescription>;

export type VarianceRefusalCode = keyof typeof varianceRefusals;
