import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { nameOf, personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { PostalAddress } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafListOf,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export class DispatchLine {
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsQuantity() qty!: number;
}

export class Parcel {
  @IsIdentifier() carrier!: string;
  @IsIdentifier() tracking!: string;
}

export class ShipmentDispatched {
  /** A replacement sends the same goods again and is no second sale. */
  @IsOneOf(['original', 'replacement', 'exchange']) kind!: 'original' | 'replacement' | 'exchange';
  @IsListOf(() => DispatchLine, 1) lines!: DispatchLine[];
  @Optional() @IsListOf(() => Parcel) trackings?: Parcel[];
  @Optional() @IsRegisteredKey() node?: string;
  /** The shipment whose goods are sent again; no name of this one, which is another dispatch. */
  @Optional() @IsLeafOf('shipment') replacesShipment?: string;
  /** Leaves of other systems' shipments that are this one. */
  @Optional() @IsLeafListOf('shipment') sameAs?: string[];
  @Optional() @IsPart(() => PostalAddress) recipient?: PersonalData<PostalAddress>;
}

/** A report is found by each of its orders with each of its tracking numbers, so both multiply. */
const parcelNamesMax = 4_000;

export const shipmentDispatched = defineEvent({
  type: 'ShipmentDispatched',
  dataClass: ShipmentDispatched,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [{ field: 'recipient', subject: ({ leaf }) => personOf(leaf) }],
  keys: ({ leaf, data }) => keys(leaf, { connects: dispatchNames(data), subjects: ordersOf(data) }),
  words: {
    discriminators: 'none',
    businessKey: 'the shipment, and each order with each of its tracking numbers',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'yes', words: 'Dr contract, discounts / Cr revenue, shipping revenue, tax' },
    movesStock: { does: 'never', words: 'stock leaves through StockIssued' },
  },
  description: 'A shipment was handed to its carrier.',
  checks: checkDispatch,
});

function checkDispatch({ data }: EventParts<ShipmentDispatched>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (ordersOf(data).length * (data.trackings ?? []).length > parcelNamesMax) {
    faults.push({
      field: 'data.trackings',
      message: `orders times tracking numbers may be ${parcelNamesMax} at most: send one report for each group of parcels`,
    });
  }
  if (data.kind === 'original' && data.replacesShipment !== undefined) {
    faults.push({
      field: 'data.replacesShipment',
      message: 'must be left out where the shipment is an original',
    });
  }
  return faults;
}

/**
 * The names that reports of one dispatch share: each order with each tracking number, and the other
 * leaves of the shipment. The carrier is no part of them, since every system spells it its own way.
 */
function dispatchNames(data: ShipmentDispatched): readonly string[] {
  const trackings = (data.trackings ?? []).map(({ tracking }) => tracking);
  return [...new Set([...parcelNames(ordersOf(data), trackings), ...(data.sameAs ?? [])])];
}

/** The names that parcels with these tracking numbers have in these orders. */
export function parcelNames(
  orders: readonly string[],
  trackings: readonly string[],
): readonly string[] {
  return orders.flatMap((order) =>
    trackings.map((tracking) => nameOf('parcel', [order, tracking])),
  );
}

function ordersOf(data: ShipmentDispatched): readonly string[] {
  return [...new Set(data.lines.map((line) => line.order))];
}
