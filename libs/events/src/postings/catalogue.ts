import { erpDocumentObserved } from './erp-document-observed.js';
import { erpPostingConfirmed } from './erp-posting-confirmed.js';
import { erpPostingRejected } from './erp-posting-rejected.js';
import { erpPostingRequested } from './erp-posting-requested.js';

/** The events of entries and the ERP. */
export const postingEvents = {
  ErpPostingRequested: erpPostingRequested,
  ErpPostingConfirmed: erpPostingConfirmed,
  ErpPostingRejected: erpPostingRejected,
  ErpDocumentObserved: erpDocumentObserved,
} as const;
