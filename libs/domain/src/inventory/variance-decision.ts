import type { TransferVarianceResolved } from '#events';
import type { Decide, DecisionRefusal } from '../decision.js';
import { type StreamEvents, streamViewOf } from '../stream-events.js';
import type { SubjectView } from '../subject-view.js';
import type { VarianceRefusalCode } from './variance-refusals.js';

type VarianceRefusal = DecisionRefusal<VarianceRefusalCode>;

/** Settles what became of units that a transfer's line lacks: never of more than it lacks. */
export function resolveVariance(
  resolved: TransferVarianceResolved,
): Decide<StreamEvents, VarianceRefusalCode> {
  return (stream) => {
    const view = streamViewOf(stream);
    return (
      refusalByLine(view, resolved) ??
      refusalByUnits(view, resolved) ?? {
        outcome: 'accepted',
        events: [{ type: 'TransferVarianceResolved', data: resolved }],
      }
    );
  };
}

function refusalByLine(
  view: SubjectView,
  { line, resolution, sku, uom }: TransferVarianceResolved,
): VarianceRefusal | undefined {
  const told = [
    ...dataOf(view, 'TransferRequested', line),
    ...dataOf(view, 'TransferShipped', line),
  ];
  const [first] = told;
  if (first === undefined) {
    const message = `Line ${line} was neither requested nor sent.`;
    return { outcome: 'refused', code: 'transfer_line_unknown', message, field: 'line' };
  }
  if (told.every((known) => known.sku !== sku || known.uom !== uom)) {
    const message = `Line ${line} is of ${first.sku} in ${first.uom}, not of ${sku} in ${uom}.`;
    const field = first.sku === sku ? 'uom' : 'sku';
    return { outcome: 'refused', code: 'transfer_item_differs', message, field };
  }
  const existing = view
    .effective('TransferVarianceResolved')
    .find(({ event: { data } }) => data.line === line && data.resolution === resolution);
  if (existing === undefined) return undefined;
  return {
    outcome: 'refused',
    code: 'variance_resolution_exists',
    message: `Line ${line} has the resolution ${resolution} already.`,
    field: 'resolution',
    details: { eventId: existing.event.eventId },
  };
}

function refusalByUnits(
  view: SubjectView,
  { line, found, lost, misshipped }: TransferVarianceResolved,
): VarianceRefusal | undefined {
  const left = unsettledUnits(view, line);
  const settled = found + lost + misshipped;
  if (settled <= left) return undefined;
  return {
    outcome: 'refused',
    code: 'variance_exceeded',
    message: `${settled} units of line ${line} would be settled and ${left} are left.`,
    details: { requested: String(settled), left: String(left) },
  };
}

/**
 * What was sent, and where nobody told that, requested, less what was counted and what is settled.
 * A receiving node may count found units after they were settled: they are taken off once.
 */
function unsettledUnits(view: SubjectView, line: string): number {
  const shipped = dataOf(view, 'TransferShipped', line);
  const sent = shipped.length > 0 ? shipped : dataOf(view, 'TransferRequested', line).slice(-1);
  let left = sent.reduce((sum, { qty }) => sum + qty, 0);
  let foundUncounted = 0;
  const told = [
    ...view.effective('TransferReceived'),
    ...view.effective('TransferVarianceResolved'),
  ].filter(({ event }) => event.data.line === line);
  for (const { event } of told.sort(
    (a, b) => a.event.arrival.revision - b.event.arrival.revision,
  )) {
    if (event.type === 'TransferVarianceResolved') {
      left -= event.data.found + event.data.lost + event.data.misshipped;
      foundUncounted += event.data.found;
    } else {
      const again = Math.min(foundUncounted, event.data.qty);
      foundUncounted -= again;
      left -= event.data.qty - again;
    }
  }
  return Math.max(0, left);
}

function dataOf(
  view: SubjectView,
  type: 'TransferRequested' | 'TransferShipped',
  line: string,
): readonly { readonly sku: string; readonly uom: string; readonly qty: number }[] {
  return view
    .effective(type)
    .map(({ event }) => event.data)
    .filter((data) => data.line === line);
}
