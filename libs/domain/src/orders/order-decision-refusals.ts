import type { RefusalDescription } from '../decision.js';

/** Why two orders are not merged or parted again, and no balance goes from one to the other. */
export const orderDecisionRefusals = {
  related_order_unknown: {
    status: 409,
    text: 'No capture of the other order is in force.',
    remedy: 'Check its name, or report the order first; then ask again under a new key.',
  },
  related_order_is_alias: {
    status: 409,
    text: 'The other order is another name of an order that stands for it.',
    remedy: 'Name the order of the details instead.',
  },
  duplicate_already_marked: {
    status: 409,
    text: 'The order is another name of an order already.',
    remedy: 'Revert that merge first, by the event of the details.',
  },
  merge_unknown: {
    status: 409,
    text: 'No merge of this order into that one is in force by this event.',
    remedy: 'Name the order and the event of the merge, as the details have them.',
  },
  balance_transfer_exists: {
    status: 409,
    text: 'A balance went from this order already under this id.',
    remedy: 'Choose another id for the transfer, or correct the one that exists.',
  },
  balance_transfer_empty: {
    status: 422,
    text: 'A transfer of nothing moves no balance.',
    remedy: 'Give the balance that goes over, above or below zero.',
  },
} as const satisfies Record<string, RefusalDescription>;

export type OrderDecisionRefusalCode = keyof typeof orderDecisionRefusals;
