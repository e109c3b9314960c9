import { erasureCompleted } from './erasure-completed.js';
import { erasureDeferred } from './erasure-deferred.js';
import { erasureRequested } from './erasure-requested.js';
import { eventCorrected } from './event-corrected.js';
import { ledgerOpened } from './ledger-opened.js';
import { sealPublished } from './seal-published.js';
import { subjectKeyDestroyed } from './subject-key-destroyed.js';

/** The events of the book itself. */
export const ledgerEvents = {
  LedgerOpened: ledgerOpened,
  EventCorrected: eventCorrected,
  SealPublished: sealPublished,
  ErasureRequested: erasureRequested,
  ErasureDeferred: erasureDeferred,
  SubjectKeyDestroyed: subjectKeyDestroyed,
  ErasureCompleted: erasureCompleted,
} as const;
