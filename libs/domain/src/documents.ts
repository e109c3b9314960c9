import { keptByPart } from '#events';
import type { Report } from './resolution/report.js';

type Homes = ReadonlyMap<string, readonly Report[]>;

const none: Homes = new Map();

/**
 * What lies on documents over many things and concerns a subject: what is said of a document as a
 * whole, and those of its corrections whose target the subject knows. The corrections of its other
 * parts are nobody's business here. A document's own subject keeps all that lies on it.
 */
export function documentsRead(subject: string, homes: Homes, referenceHomes: Homes): Homes {
  let documents: Map<string, readonly Report[]> | undefined;
  for (const known of [homes, referenceHomes]) {
    for (const [home, reports] of known) {
      if (home === subject || !keptByPart(home)) continue;
      (documents ??= new Map()).set(home, concerning(home, reports, homes));
    }
  }
  return documents ?? none;
}

function concerning(document: string, reports: readonly Report[], homes: Homes): readonly Report[] {
  const correctionsOf = new Map<string, Report[]>();
  const kept: Report[] = [];
  for (const report of reports) {
    if (report.event.type !== 'EventCorrected') {
      kept.push(report);
      continue;
    }
    const { eventId } = report.event.data.target;
    const others = correctionsOf.get(eventId);
    if (others) others.push(report);
    else correctionsOf.set(eventId, [report]);
  }
  if (correctionsOf.size === 0) return kept;
  const open = [...kept];
  for (const [home, others] of homes) if (home !== document) open.push(...others);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const correction of correctionsOf.get(next.factId) ?? []) {
      kept.push(correction);
      open.push(correction);
    }
  }
  return kept;
}
