import { exchangeRateSet } from './exchange-rate-set.js';
import { locationOpened } from './location-opened.js';
import { nodeCapacityReported } from './node-capacity-reported.js';

/** The events of what other events are valued and placed by. */
export const referenceEvents = {
  LocationOpened: locationOpened,
  NodeCapacityReported: nodeCapacityReported,
  ExchangeRateSet: exchangeRateSet,
} as const;
