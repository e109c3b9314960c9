import { type Finding, type FindingCode, findingOf } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { type ShipmentParcel, shipmentsOf } from './shipments.js';
import { type Milestone, tellsOf } from './things.js';

/** Two ends of which one parcel can only have come to one. */
const contradictions: readonly {
  readonly code: FindingCode;
  readonly words: string;
  readonly of: (parcel: ShipmentParcel) => readonly [Milestone | null, Milestone | null];
}[] = [
  {
    code: 'lost_yet_delivered',
    words: 'is lost, and was delivered',
    of: ({ lost, delivered }) => [lost, delivered],
  },
  {
    code: 'returned_to_sender_yet_delivered',
    words: 'went back to its sender, and was delivered',
    of: ({ returned, delivered }) => [returned, delivered],
  },
  {
    code: 'lost_yet_returned_to_sender',
    words: 'is lost, and came back to its sender',
    of: ({ lost, returned }) => [lost, returned],
  },
  {
    code: 'voided_yet_dispatched',
    words: 'was voided, and is on its way',
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
      const name = parcel.tracking === null ? 'The shipment' : `The parcel ${parcel.tracking}`;
      return contradictions.flatMap(({ code, words, of }) => {
        const [left, right] = of(parcel);
        if (left === null || right === null) return [];
        const key = JSON.stringify([shipment, parcel.tracking]);
        return [findingOf(code, key, `${name} ${words}.`, [left.eventId, right.eventId])];
      });
    }),
  );
}
