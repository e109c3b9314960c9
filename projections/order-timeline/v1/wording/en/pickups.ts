import type { ContextWording } from '../event-wording.js';
import { because, dayOf, inWords, unitsOf } from './phrases.js';

export const pickupWording: ContextWording<'pickups'> = {
  PickupTaskCreated: {
    internal: ({ data }) =>
      `Asked ${data.node} to get ${unitsOf(data.lines)} ready for pickup${data.dueAt === undefined ? '' : ` by ${data.dueAt}`}`,
    customer: () => 'The store is getting your order ready',
  },
  PickupReady: {
    internal: ({ data }) =>
      `Ready for pickup${data.bay === undefined ? '' : ` in ${data.bay}`}${data.expiresAt === undefined ? '' : ` until ${data.expiresAt}`}`,
    customer: ({ data }) =>
      `Your order is ready for pickup${data.expiresAt === undefined ? '' : ` until ${dayOf(data.expiresAt)}`}`,
  },
  PickupCompleted: {
    internal: ({ data }) =>
      `Handed ${unitsOf(data.lines)} over in the store${data.proof === undefined ? '' : ` against ${inWords(data.proof)}`}`,
    customer: ({ data }) => `You collected ${unitsOf(data.lines)}`,
  },
  PickupExpired: {
    internal: () => 'Nobody came for the goods in time',
    customer: () => 'Your order was not collected in time',
  },
  PickupCancelled: {
    internal: ({ data }) => `Pickup called off${because(data.reason)}`,
    customer: () => 'Your pickup was cancelled',
  },
};
