import type { RefusalDescription } from '../decision.js';

/** Why a credit is not granted. */
export const creditRefusals = {
  order_unknown: {
    status: 409,
    text: 'No capture of this order is in force, so nothing can be decided about it.',
    remedy: 'Report the order first, then ask again under a new key.',
  },
  order_is_alias: {
    status: 409,
    text: 'The order is another name of an order that stands for it.',
    remedy: 'Name the order of the details instead.',
  },
  legal_entity_differs: {
    status: 409,
    text: 'The order was sold by another legal entity.',
    remedy: 'Name the legal entity of the order.',
  },
  currency_differs: {
    status: 409,
    text: 'The order is in another currency.',
    remedy: 'Give the amount in the currency of the order.',
  },
  credit_already_granted: {
    status: 409,
    text: 'This account has already granted a credit with this memo on the order.',
    remedy: 'Choose another credit memo id, or correct the credit that exists.',
  },
  order_line_unknown: {
    status: 409,
    text: 'The order has no such line.',
    remedy: 'Name a line of the order as captured, or leave the line out.',
  },
  credited_units_exceed_order: {
    status: 409,
    text: 'More units of a line would be credited than were ordered and not cancelled.',
    remedy: 'Credit at most the units left.',
  },
  credit_exceeds_order: {
    status: 409,
    text: 'All credits together would exceed what the units not cancelled were sold for.',
    remedy: 'Credit at most the amount left.',
  },
} as const satisfies Record<string, RefusalDescription>;

export type CreditRefusalCode = keyof typeof creditRefusals;
