import type { EventOf } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { because, unitsOf } from './phrases.js';

function dispatchedWords({ data }: EventOf<'ShipmentDispatched'>): string {
  const parcels = (data.trackings ?? []).map(({ carrier, tracking }) => `${carrier} ${tracking}`);
  const kind = data.kind === 'original' ? '' : ` as ${data.kind}`;
  const from = data.node === undefined ? '' : ` from ${data.node}`;
  return `Handed ${unitsOf(data.lines)} to the carrier${kind}${from}${because(parcels.join(', ') || undefined)}`;
}

export const fulfilmentWording: ContextWording<'fulfilment'> = {
  ShipmentDispatched: {
    internal: dispatchedWords,
    customer: ({ data }) => `We sent you ${unitsOf(data.lines)}`,
  },
  ShipmentScanned: {
    internal: ({ data }) =>
      `Parcel seen: ${data.code}${data.place === undefined ? '' : ` in ${data.place}`}`,
    customer: notTold,
  },
  ShipmentDelivered: {
    internal: ({ data }) =>
      `Delivered${data.tracking === undefined ? '' : ` parcel ${data.tracking}`}`,
    customer: () => 'Your parcel was delivered',
  },
};
