import { deliveryAttemptFailed } from './delivery-attempt-failed.js';
import { deliveryDelayed } from './delivery-delayed.js';
import { fulfilmentAccepted } from './fulfilment-accepted.js';
import { fulfilmentRejected } from './fulfilment-rejected.js';
import { fulfilmentRequested } from './fulfilment-requested.js';
import { fulfilmentRerouted } from './fulfilment-rerouted.js';
import { itemShortPicked } from './item-short-picked.js';
import { itemsPacked } from './items-packed.js';
import { itemsPicked } from './items-picked.js';
import { pickSlaMissed } from './pick-sla-missed.js';
import { releaseWindowMissed } from './release-window-missed.js';
import { shipmentDelivered } from './shipment-delivered.js';
import { shipmentDispatched } from './shipment-dispatched.js';
import { shipmentLost } from './shipment-lost.js';
import { shipmentReturnedToSender } from './shipment-returned-to-sender.js';
import { shipmentScanned } from './shipment-scanned.js';
import { shipmentVoided } from './shipment-voided.js';
import { shippingLabelGenerated } from './shipping-label-generated.js';
import { sourcingDecided } from './sourcing-decided.js';

/** The events of what is sent. */
export const fulfilmentEvents = {
  ShipmentDispatched: shipmentDispatched,
  ShipmentScanned: shipmentScanned,
  ShipmentDelivered: shipmentDelivered,
  SourcingDecided: sourcingDecided,
  FulfilmentRequested: fulfilmentRequested,
  FulfilmentAccepted: fulfilmentAccepted,
  FulfilmentRejected: fulfilmentRejected,
  FulfilmentRerouted: fulfilmentRerouted,
  ItemsPicked: itemsPicked,
  ItemShortPicked: itemShortPicked,
  ItemsPacked: itemsPacked,
  ReleaseWindowMissed: releaseWindowMissed,
  PickSlaMissed: pickSlaMissed,
  ShippingLabelGenerated: shippingLabelGenerated,
  DeliveryAttemptFailed: deliveryAttemptFailed,
  DeliveryDelayed: deliveryDelayed,
  ShipmentLost: shipmentLost,
  ShipmentReturnedToSender: shipmentReturnedToSender,
  ShipmentVoided: shipmentVoided,
} as const;
