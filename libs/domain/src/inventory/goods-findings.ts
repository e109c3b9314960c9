import type { Finding } from '../findings/finding.js';
import { pickupFindings } from '../fulfilment/pickup-findings.js';
import { shipmentFindings } from '../fulfilment/shipment-findings.js';
import { workFindings } from '../fulfilment/work-findings.js';
import { returnFindings } from '../returns/return-findings.js';
import type { SubjectView } from '../subject-view.js';
import { documentFindings } from './document-findings.js';
import { promiseFindings } from './promise-findings.js';

/** What is odd about the goods under these homes: an order's with all its homes, or one home alone. */
export function goodsFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  return [
    ...promiseFindings(view, attached),
    ...workFindings(view, attached),
    ...pickupFindings(view, attached),
    ...shipmentFindings(view, attached),
    ...returnFindings(view, attached),
    ...documentFindings(view, attached),
  ];
}
