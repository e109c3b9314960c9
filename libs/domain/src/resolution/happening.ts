import { shipmentHappenings } from './dispatch-happening.js';
import type { Report } from './report.js';
import type { SettledStatements } from './statement.js';

/** What a report is a report of, or null where nothing can witness it twice. */
export type HappeningOf = (report: Report) => string | null;

/**
 * What each of the reports is a report of; dispatches and deliveries by the shipment they are one
 * with. Only statements that count join shipments; a superseded one speaks of what its winner does.
 */
export function happeningsOf(
  reports: readonly Report[],
  { winners, winnerOf }: SettledStatements,
): HappeningOf {
  const shipments = shipmentHappenings(winners);
  const known = new Map<string, string | null>();
  for (const report of reports) {
    known.set(report.factId, happeningOfReport(winnerOf.get(report.factId) ?? report, shipments));
  }
  return (report) => known.get(report.factId) ?? null;
}

function happeningOfReport(
  { event, businessKey }: Report,
  shipments: ReadonlyMap<string, string>,
): string | null {
  const shipment = shipments.get(event.leaf) ?? event.leaf;
  if (event.type === 'ShipmentDispatched') return JSON.stringify([event.type, shipment]);
  if (event.type === 'ShipmentDelivered') {
    const parcel = event.data.tracking ?? event.data.parcel ?? '';
    return JSON.stringify([event.type, shipment, parcel]);
  }
  return businessKey;
}
