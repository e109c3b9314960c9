import { type Finding, findingOf } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { type ShipmentParcel, shipmentsOf } from './shipments.js';
import { type Milestone, tellsOf } from './things.js';

type Contradiction =
  | 'lost_yet_delivered'
  | 'returned_to_sender_yet_delivered'
  | 'lost_yet_returned_to_sender'
  | 'voided_yet_dispatched';

/** Two ends of which one parcel can only have come to one. */
const contradictions: readonly {
  readonly code: Contradiction;
  readonly of: (parcel: ShipmentParcel) => readonly [Milestone | null, Milestone | null];
}[] = [
  {
    code: 'lost_yet_delivered',
    of: ({ lost, delivered }) => [lost, delivered],
  },
  {
    code: 'returned_to_sender_yet_delivered',
    of: ({ returned, delivered }) => [returned, delivered],
  },
  {
    code: 'lost_yet_returned_to_sender',
    of: ({ lost, returned }) => [lost, returned],
  },
  {
    code: 'voided_yet_dispatched',
    of: ({ voided, dispatched, scanned, delivered }) => [
      voided,
      dispatched ?? scanned ?? delivered,
    ],
  },
];

/** Without one of these nothing about a parcel contradicts anything. */
const contradicting = ['ShipmentLost', 'ShipmentReturnedToSender', 'ShipmentVoided'] as const;

/** What contradicts itself about parcels on their way. */
export function shipmentFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (!tellsOf(view, contradicting)) return [];
  return shipmentsOf(view, attached).flatMap(({ shipment, parcels }) =>
    parcels.flatMap((parcel) => {
      const { tracking } = parcel;
      return contradictions.flatMap(({ code, of }) => {
        const [left, right] = of(parcel);
        if (left === null || right === null) return [];
        const key = JSON.stringify([shipment, tracking]);
        return [findingOf(code, key, { tracking }, [left.eventId, right.eventId])];
      });
    }),
  );
}
