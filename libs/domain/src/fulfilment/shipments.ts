import type { EventType, OrderLineUnits } from '#events';
import { categoryOf, memoizeByObject } from '#kernel';
import { shipmentHappenings } from '../resolution/dispatch-happening.js';
import type { Effective, SubjectView } from '../subject-view.js';
import { inOccurrenceOrder, type Milestone, milestoneOf } from './things.js';

/** How far a parcel or a shipment got. */
export const shipmentStates = [
  'announced',
  'labelled',
  'dispatched',
  'in_transit',
  'partly_delivered',
  'delivered',
  'lost',
  'returned_to_sender',
  'voided',
] as const;
export type ShipmentState = (typeof shipmentStates)[number];

/** One parcel of a shipment, or the whole of it where nobody names its parcels. */
export interface ShipmentParcel {
  readonly tracking: string | null;
  readonly state: ShipmentState;
  /** The day or instant the carrier expects to deliver it, where it said that it is late. */
  readonly expectedAt: string | null;
  readonly labelled: Milestone | null;
  readonly dispatched: Milestone | null;
  readonly scanned: Milestone | null;
  readonly failedAttempts: number;
  readonly delivered: Milestone | null;
  readonly lost: Milestone | null;
  readonly returned: Milestone | null;
  readonly voided: Milestone | null;
}

/** Goods on their way to customers, as all systems that know of them tell it together. */
export interface Shipment {
  /** The least leaf of those that are this one shipment. */
  readonly shipment: string;
  readonly leaves: readonly string[];
  readonly kind: 'original' | 'replacement' | 'exchange' | null;
  readonly lines: readonly OrderLineUnits[];
  readonly state: ShipmentState;
  readonly dispatched: Milestone | null;
  /** The last expected delivery of its parcels. */
  readonly expectedAt: string | null;
  readonly parcels: readonly ShipmentParcel[];
}

const shipmentTypes = [
  'ShippingLabelGenerated',
  'ShipmentDispatched',
  'ShipmentScanned',
  'DeliveryAttemptFailed',
  'DeliveryDelayed',
  'ShipmentDelivered',
  'ShipmentLost',
  'ShipmentReturnedToSender',
  'ShipmentVoided',
] as const satisfies readonly EventType[];

/** The shipments of the homes given, each once under whichever names its systems have for it. */
export function shipmentsOf(view: SubjectView, attached: ReadonlySet<string>): readonly Shipment[] {
  const names = shipmentNames(view);
  const leavesByName = new Map<string, Set<string>>();
  for (const type of shipmentTypes) {
    for (const { event, resolved } of view.effective(type)) {
      if (!attached.has(resolved.home)) continue;
      const name = names.get(event.leaf) ?? event.leaf;
      const leaves = leavesByName.get(name);
      if (leaves) leaves.add(event.leaf);
      else leavesByName.set(name, new Set([event.leaf]));
    }
  }
  return [...leavesByName]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, leaves]) => shipmentOf(view, name, leaves));
}

/**
 * The least leaf of those that are one shipment, by leaf, where orders may be one as well. What counts joins shipments; what is
 * annulled or superseded joins nothing.
 */
export const shipmentNames = memoizeByObject((view: SubjectView): ReadonlyMap<string, string> => {
  const counting = new Set(
    view.events
      .filter(({ standing }) => standing === 'effective' || standing === 'corroborates')
      .map(({ event }) => event.eventId),
  );
  const reports = [...view.homes]
    .filter(([home]) => ['shipment', 'order'].includes(categoryOf(home)))
    .flatMap(([, own]) => own)
    .filter(({ factId }) => counting.has(factId));
  return shipmentHappenings(reports);
});

function shipmentOf(view: SubjectView, name: string, leaves: ReadonlySet<string>): Shipment {
  const on = <Type extends EventType>(type: Type) =>
    view.effective(type).filter(({ event }) => leaves.has(event.leaf));
  const dispatches = on('ShipmentDispatched');
  const parcels = trackingsOf(on).map((tracking) => parcelOf(on, tracking));
  const [kind] = dispatches.map(({ event }) => event.data.kind);
  return {
    shipment: name,
    leaves: [...leaves].sort(),
    kind: kind ?? null,
    lines: dispatches.flatMap(({ event }) => event.data.lines),
    state: wholeState(parcels),
    dispatched: milestoneOf(dispatches),
    expectedAt:
      parcels
        .flatMap(({ expectedAt }) => expectedAt ?? [])
        .sort()
        .at(-1) ?? null,
    parcels,
  };
}

type OnShipment = <Type extends EventType>(type: Type) => readonly Effective<Type>[];

/** The numbers that any report names, or one unnamed parcel. */
function trackingsOf(on: OnShipment): readonly (string | null)[] {
  const named = new Set<string>();
  for (const { event } of on('ShipmentDispatched')) {
    for (const { tracking } of event.data.trackings ?? []) named.add(tracking);
  }
  for (const { event } of on('ShippingLabelGenerated')) named.add(event.data.tracking);
  for (const { event } of on('ShipmentDelivered')) {
    const parcel = event.data.tracking ?? event.data.parcel;
    if (parcel !== undefined) named.add(parcel);
  }
  for (const { event } of [
    ...on('ShipmentScanned'),
    ...on('DeliveryAttemptFailed'),
    ...on('DeliveryDelayed'),
    ...on('ShipmentLost'),
    ...on('ShipmentReturnedToSender'),
    ...on('ShipmentVoided'),
  ]) {
    if (event.data.tracking !== undefined) named.add(event.data.tracking);
  }
  return named.size === 0 ? [null] : [...named].sort();
}

interface OfParcel {
  readonly event: { readonly data: { readonly tracking?: string } };
}

function parcelOf(on: OnShipment, tracking: string | null): ShipmentParcel {
  // A report that names no parcel speaks of all of them.
  const about = <Report extends OfParcel>(reports: readonly Report[]): readonly Report[] =>
    reports.filter(({ event }) => (event.data.tracking ?? tracking) === tracking);
  const delivered = on('ShipmentDelivered').filter(
    ({ event }) => (event.data.tracking ?? event.data.parcel ?? tracking) === tracking,
  );
  const dispatches = on('ShipmentDispatched').filter(({ event }) => {
    const { trackings = [] } = event.data;
    return trackings.length === 0 || trackings.some((parcel) => parcel.tracking === tracking);
  });
  const milestones = {
    dispatched: milestoneOf(dispatches),
    labelled: milestoneOf(about(on('ShippingLabelGenerated'))),
    scanned: milestoneOf(about(on('ShipmentScanned'))),
    delivered: milestoneOf(delivered),
    lost: milestoneOf(about(on('ShipmentLost'))),
    returned: milestoneOf(about(on('ShipmentReturnedToSender'))),
    voided: milestoneOf(about(on('ShipmentVoided'))),
  };
  return {
    tracking,
    state: parcelState(milestones),
    expectedAt:
      inOccurrenceOrder(about(on('DeliveryDelayed'))).at(-1)?.event.data.expectedAt ?? null,
    failedAttempts: about(on('DeliveryAttemptFailed')).length,
    ...milestones,
  };
}

function parcelState(
  reached: Pick<
    ShipmentParcel,
    'labelled' | 'dispatched' | 'scanned' | 'delivered' | 'lost' | 'returned' | 'voided'
  >,
): ShipmentState {
  if (reached.delivered !== null) return 'delivered';
  if (reached.returned !== null) return 'returned_to_sender';
  if (reached.lost !== null) return 'lost';
  if (reached.voided !== null) return 'voided';
  if (reached.scanned !== null) return 'in_transit';
  if (reached.dispatched !== null) return 'dispatched';
  return reached.labelled === null ? 'announced' : 'labelled';
}

/** Void labels aside, what all parcels came to; where they differ, the one that is least done. */
function wholeState(parcels: readonly ShipmentParcel[]): ShipmentState {
  const states = new Set(parcels.map(({ state }) => state));
  if (states.size > 1) states.delete('voided');
  if (states.size > 1 && states.has('delivered')) return 'partly_delivered';
  return shipmentStates.find((state) => states.has(state)) ?? 'announced';
}
