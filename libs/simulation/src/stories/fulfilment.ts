import { leafOf } from '#kernel';
import type { PricedLine } from '../pricing.js';
import { accounts, customerOf, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner, type SimulatedDelivery } from '../step.js';
import { allocationOf } from './allocations.js';
import type { SimulatedOrder } from './orders.js';

/** A parcel under way. */
export interface SimulatedShipment {
  readonly objectid: string;
  readonly leaf: string;
  readonly tracking: string;
  readonly sentAt: number;
}

export interface UnitsToSend {
  readonly line: PricedLine;
  readonly qty: number;
}

/** How a parcel differs from the first one of a reserved order. */
export interface Sending {
  readonly replaces?: SimulatedShipment;
  /** Sent in place of goods that come back, and sold by no line of its own. */
  readonly forExchange?: boolean;
  readonly reserved?: boolean;
}

export const carrier = 'dhl';
const manifestPercent = 80;

/**
 * Sends units from the warehouse: it tells that they left, and of the dispatch. The carrier tells of
 * the same parcel under its own number, from its manifest; where there is none, the warehouse says
 * which of the carrier's shipments it is.
 */
export function ship(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  units: readonly UnitsToSend[],
  { replaces, forExchange = false, reserved = true }: Sending = {},
): SimulatedShipment {
  const number = scene.nextNumber();
  const objectid = `S${number}`;
  const tracking = `00340434${String(number).padStart(12, '0')}`;
  for (const { line, qty } of units) {
    const cause = replaces === undefined ? 'sale' : 'replacement';
    tellIssue(scene, minute, order, { shipment: objectid, line, qty, cause, reserved });
  }
  const told = {
    ...(replaces === undefined
      ? { kind: forExchange ? ('exchange' as const) : ('original' as const) }
      : { kind: 'replacement' as const, replacesShipment: replaces.leaf }),
    lines: units.map(({ line, qty }) => ({ order: order.leaf, orderLine: line.line, qty })),
    trackings: [{ carrier, tracking }],
  };
  const isManifested = scene.random.chance(manifestPercent);
  const carrierLeaf = leafOf('shipment', [accounts.carrier, tracking]);
  const [recipient] = customerOf(order.number).addresses;
  scene.tell(minute, {
    type: 'ShipmentDispatched',
    source: accounts.warehouse,
    objectid,
    version: '1',
    data: {
      ...told,
      node: retailer.warehouse,
      ...(isManifested ? {} : { sameAs: [carrierLeaf] }),
      ...(recipient ? { recipient } : {}),
    },
  });
  if (isManifested) {
    scene.tell(minute + 45, {
      type: 'ShipmentDispatched',
      source: accounts.carrier,
      objectid: tracking,
      data: told,
    });
  }
  const leaf = leafOf('shipment', [accounts.warehouse, objectid]);
  const shipment = { objectid, leaf, tracking, sentAt: minute };
  scan(scene, minute + 60, shipment, 'accepted', 'Leipzig');
  scan(scene, minute + 600, shipment, 'in_transit', 'Hannover');
  return shipment;
}

interface Issue extends UnitsToSend {
  readonly shipment: string;
  readonly cause: 'sale' | 'replacement';
  readonly reserved: boolean;
}

function tellIssue(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { shipment, line: { line, sku = '' }, qty, cause, reserved }: Issue,
): void {
  scene.tell(minute, {
    type: 'StockIssued',
    source: accounts.warehouse,
    sku,
    node: retailer.warehouse,
    data: {
      owner,
      qty,
      uom: retailer.uom,
      cause,
      shipment,
      line,
      component: 0,
      ...(reserved ? { allocation: allocationOf(order), allocationLine: line } : {}),
      order: order.leaf,
      orderLine: line,
    },
  });
}

export function scan(
  scene: Scene,
  minute: number,
  { tracking }: SimulatedShipment,
  code: string,
  place: string,
): void {
  scene.tell(minute, {
    type: 'ShipmentScanned',
    source: accounts.carrier,
    objectid: tracking,
    data: { code, scanId: `scan_${scene.nextNumber()}`, place, carrier, tracking },
  });
}

/** The carrier delivers; how exactly it knows when is told by the precision. */
export function deliver(
  scene: Scene,
  minute: number,
  { tracking, sentAt }: SimulatedShipment,
  precision: 'instant' | 'minute' | 'date' | 'unknown',
  attempt = 1,
): SimulatedDelivery<'ShipmentDelivered'> {
  return scene.tell(minute, {
    type: 'ShipmentDelivered',
    source: accounts.carrier,
    objectid: tracking,
    precision,
    ...(precision === 'unknown' ? { notbefore: scene.timeOf(sentAt) } : {}),
    data: { carrier, tracking, attempt },
  });
}
