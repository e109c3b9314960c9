import type { EventOf } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { because, becauseOf, dayOf, inWords, unitsOf } from './phrases.js';

function dispatchedWords({ data }: EventOf<'ShipmentDispatched'>): string {
  const parcels = (data.trackings ?? []).map(({ carrier, tracking }) => `${carrier} ${tracking}`);
  const kind = data.kind === 'original' ? '' : ` as ${data.kind}`;
  const from = data.node === undefined ? '' : ` from ${data.node}`;
  // A report without parcels may be of a till: whatever it hands over, it hands to the customer.
  if (parcels.length === 0) return `Handed over ${unitsOf(data.lines)}${kind}${from}`;
  return `Handed ${unitsOf(data.lines)} to the carrier${kind}${from}${because(parcels.join(', '))}`;
}

export const fulfilmentWording: ContextWording<'fulfilment'> = {
  ShipmentDispatched: {
    internal: dispatchedWords,
    customer: ({ data }) =>
      `We ${(data.trackings ?? []).length === 0 ? 'handed over' : 'sent you'} ${unitsOf(data.lines)}`,
  },
  ShipmentScanned: {
    internal: ({ data }) =>
      `Parcel seen: ${inWords(data.code)}${data.place === undefined ? '' : ` in ${data.place}`}`,
    customer: notTold,
  },
  ShipmentDelivered: {
    internal: ({ data }) =>
      `Delivered${data.tracking === undefined ? '' : ` parcel ${data.tracking}`}`,
    customer: () => 'Your parcel was delivered',
  },
  SourcingDecided: {
    internal: ({ data }) =>
      `Decided to send from ${[...new Set(data.lines.map(({ node }) => node))].join(', ')}`,
    customer: notTold,
  },
  FulfilmentRequested: {
    internal: ({ data }) => `Asked ${data.node} to get ${unitsOf(data.lines)} ready`,
    customer: () => 'We are getting your order ready',
  },
  FulfilmentAccepted: {
    internal: ({ data }) =>
      `Accepted${data.expectedAt === undefined ? '' : `, ready ${data.expectedAt}`}`,
    customer: notTold,
  },
  FulfilmentRejected: {
    internal: ({ data }) => `Refused by the place${because(data.reason)}`,
    customer: notTold,
  },
  FulfilmentRerouted: {
    internal: ({ data }) => `Moved from ${data.from} to ${data.to}${because(data.cause)}`,
    customer: notTold,
  },
  ItemsPicked: {
    internal: ({ data }) => `Picked ${unitsOf(data.lines)}`,
    customer: () => 'Your items are being packed',
  },
  ItemShortPicked: {
    internal: ({ data }) =>
      `${data.qty} of line ${data.orderLine} not picked at ${data.node}${because(data.reason)}`,
    customer: notTold,
  },
  ItemsPacked: {
    internal: ({ data }) =>
      `Packed ${unitsOf(data.lines)}${data.carton === undefined ? '' : ` into ${data.carton}`}`,
    customer: () => 'Your items are packed',
  },
  ReleaseWindowMissed: {
    internal: ({ data }) => `Not released by ${data.dueAt}`,
    customer: notTold,
  },
  PickSlaMissed: {
    internal: ({ data }) => `Not picked by ${data.dueAt}${because(data.cause)}`,
    customer: notTold,
  },
  ShippingLabelGenerated: {
    internal: ({ data }) =>
      `Label of ${data.carrier} ${data.tracking}${data.service === undefined ? '' : ` (${data.service})`}`,
    customer: notTold,
  },
  DeliveryAttemptFailed: {
    internal: ({ data }) =>
      `Delivery failed: ${inWords(data.code)}${data.nextAttemptAt === undefined ? '' : `, next attempt ${data.nextAttemptAt}`}`,
    customer: ({ data }) =>
      `The carrier could not hand over your parcel${data.nextAttemptAt === undefined ? '' : ` and tries again ${dayOf(data.nextAttemptAt)}`}`,
  },
  DeliveryDelayed: {
    internal: ({ data }) => `Delivery now expected ${data.expectedAt}${becauseOf(data.code)}`,
    customer: ({ data }) => `Your parcel is late; it is expected ${dayOf(data.expectedAt)}`,
  },
  ShipmentLost: {
    internal: ({ data }) =>
      `Lost${data.tracking === undefined ? '' : `: parcel ${data.tracking}`}${becauseOf(data.reason)}`,
    customer: () => 'Your parcel was lost on its way; we are putting this right',
  },
  ShipmentReturnedToSender: {
    internal: ({ data }) => `On its way back to us${because(data.reason)}`,
    customer: () => 'Your parcel could not be delivered and is on its way back to us',
  },
  ShipmentVoided: {
    internal: ({ data }) =>
      `Voided${data.tracking === undefined ? '' : ` label ${data.tracking}`}${because(data.reason)}`,
    customer: notTold,
  },
};
