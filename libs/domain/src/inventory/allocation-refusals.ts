import type { RefusalDescription } from '../decision.js';

/** Why stock is not allocated or given back. */
export const allocationRefusals = {
  insufficient_stock: {
    status: 409,
    text: 'The node holds fewer available units of this owner and unit of measure than the lines ask for together.',
    remedy: 'Allocate at another node, fewer units, or again under a new key once stock came in.',
  },
  allocation_exists: {
    status: 409,
    text: 'This authority has already allocated this line of this allocation.',
    remedy: 'Choose another allocation id, or give the existing allocation back first.',
  },
  allocation_line_repeated: {
    status: 422,
    text: 'The command names one line twice.',
    remedy: 'Give each line its own id, and one quantity.',
  },
  allocation_unknown: {
    status: 409,
    text: 'The stream holds no effective allocation of this authority, id and line.',
    remedy: 'Check the ids against the reservations of the item at this node.',
  },
  allocation_unit_differs: {
    status: 409,
    text: 'The allocation was made in another unit of measure.',
    remedy: 'Give units back in the unit of measure they were allocated in.',
  },
  deallocation_exists: {
    status: 409,
    text: 'This allocation line already has a deallocation with this id.',
    remedy: 'Choose another deallocation id.',
  },
  deallocation_exceeds_open: {
    status: 409,
    text: 'More units would be given back than are still open.',
    remedy: 'Give back at most the open units; issued units come back as a return.',
  },
} as const satisfies Record<string, RefusalDescription>;

export type AllocationRefusalCode = keyof typeof allocationRefusals;
