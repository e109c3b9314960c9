import { linkedLeaf, parcelNames } from '#events';
import { categoryOf } from '#kernel';
import { type Detachments, detachmentsOf } from './detachment.js';
import { type OrderName, orderNamesIn } from './order-names.js';
import type { Report } from './report.js';

/**
 * Which shipments are one: reports that share a parcel of an order, directly or through others, or
 * that are tied as the same shipment. Returns the name of the happening for every shipment leaf:
 * the least leaf among those that are one.
 */
export function shipmentHappenings(reports: readonly Report[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let current = name;
    for (let above = parent.get(current); above !== undefined; above = parent.get(current)) {
      // Every second step is shortened on the way, so that long chains are walked once.
      const further = parent.get(above);
      if (further !== undefined) parent.set(current, further);
      current = further ?? above;
    }
    return current;
  };
  const leaves = new Set<string>();
  const detachments = detachmentsOf(reports);
  const orderName = orderNamesIn(reports);
  for (const { event, keys } of reports) {
    if (categoryOf(event.leaf) !== 'shipment') continue;
    leaves.add(event.leaf);
    if (!joinsShipments(event, detachments)) continue;
    for (const name of [...keys.connects, ...parcelsOfOneOrder(event, orderName)]) {
      const [first, second] = [find(event.leaf), find(name)];
      if (first !== second) parent.set(second, first);
    }
  }
  const least = new Map<string, string>();
  for (const leaf of [...leaves].sort()) {
    const root = find(leaf);
    if (!least.has(root)) least.set(root, leaf);
  }
  return new Map([...leaves].map((leaf) => [leaf, least.get(find(leaf)) ?? leaf]));
}

/** What a dispatch shares with reports that know its orders by other names. */
function parcelsOfOneOrder(
  { type, data }: Report['event'],
  orderName: OrderName,
): readonly string[] {
  if (type !== 'ShipmentDispatched') return [];
  const renamed = data.lines.map(({ order }) => orderName(order));
  const orders = renamed.filter((name, index) => name !== data.lines[index]?.order);
  return parcelNames(
    [...new Set(orders)],
    (data.trackings ?? []).map(({ tracking }) => tracking),
  );
}

/** The events whose home is connected by nothing but the parcels and shipments they share. */
function joinsShipments(event: Report['event'], detachments: Detachments): boolean {
  if (event.type === 'ShipmentDispatched') return true;
  if (event.type !== 'ExternalReferenceAttached') return false;
  return !detachments.isUndone(event.leaf, linkedLeaf(event.data) ?? '');
}
