import { shipmentDelivered } from './shipment-delivered.js';
import { shipmentDispatched } from './shipment-dispatched.js';
import { shipmentScanned } from './shipment-scanned.js';

/** The events of what is sent. */
export const fulfilmentEvents = {
  ShipmentDispatched: shipmentDispatched,
  ShipmentScanned: shipmentScanned,
  ShipmentDelivered: shipmentDelivered,
} as const;
