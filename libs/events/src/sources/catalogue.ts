import { integrationOutageEnded } from './integration-outage-ended.js';
import { integrationOutageStarted } from './integration-outage-started.js';
import { sourceAuthoritySet } from './source-authority-set.js';
import { sourceControlTotalReceived } from './source-control-total-received.js';

/** The events of the systems that report, and of how far they are believed. */
export const sourceEvents = {
  IntegrationOutageStarted: integrationOutageStarted,
  IntegrationOutageEnded: integrationOutageEnded,
  SourceControlTotalReceived: sourceControlTotalReceived,
  SourceAuthoritySet: sourceAuthoritySet,
} as const;
