import { objectPartsOf } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';

export const postingWording: ContextWording<'postings'> = {
  ErpPostingRequested: {
    internal: ({ data }) =>
      `Asked the ERP to post ${data.rule} in ${data.period}${data.attempt === 1 ? '' : `, attempt ${data.attempt}`}`,
    customer: notTold,
  },
  ErpPostingConfirmed: {
    internal: ({ data }) => `The ERP posted document ${data.document} in ${data.period}`,
    customer: notTold,
  },
  ErpPostingRejected: {
    internal: ({ data }) => `The ERP refused to post: ${data.reason ?? data.code}`,
    customer: notTold,
  },
  ErpDocumentObserved: {
    internal: (event) =>
      `The ERP made document ${objectPartsOf(event.leaf, event)[1] ?? event.leaf} in ${event.data.period} by itself`,
    customer: notTold,
  },
};
