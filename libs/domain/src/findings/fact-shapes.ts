import type { EventType } from '#events';

/**
 * The few shapes that the facts of a finding have. All of them are JSON; whatever tells them in a
 * language has nothing else to go by.
 */

/** An amount. Its minor units are digits, so that a sum of any size stays exact. */
export interface Amount {
  readonly minor: string;
  /** ISO 4217, or null where none is known. */
  readonly currency: string | null;
}

/** The code says all. */
export type NoFacts = Readonly<Record<string, never>>;

/** What was to be, and what there is instead. */
export interface Compared<Value> {
  readonly expected: Value;
  readonly found: Value;
}

export type ComparedAmounts = Compared<Amount>;
export type ComparedUnits = Compared<number>;

export interface OfAmount {
  readonly amount: Amount;
}

export interface OfUnits {
  readonly units: number;
}

/** Units beyond as many as there could be. */
export interface UnitsBeyond extends OfUnits {
  readonly limit: number;
}

export interface OfLine {
  readonly orderLine: string;
}

export interface UnitsOfLine extends OfLine, OfUnits {}

export interface OfLeaf {
  readonly leaf: string;
}

/** By the id that a source gave it. */
export interface Named {
  readonly name: string;
}

export interface Several {
  readonly names: readonly string[];
}

/** Who or what says so. */
export interface By {
  readonly by: string;
}

/** How somebody else names what does not agree. */
export interface Described {
  readonly difference: string;
}

/** A day or an instant. */
export interface Until {
  readonly until: string;
}

/** Two instants of which the first should not come first. */
export interface InOrder {
  readonly earlier: string;
  readonly later: string;
}

/** Who reports an event of a type. */
export interface Reported {
  readonly accounts: readonly string[];
  readonly type: EventType;
}

/** A hold and its kind. */
export interface OfHold {
  readonly hold: string;
  readonly holdType: string;
}

/** Money of a dispute, and what is known of the dispute. */
export interface Disputed extends OfAmount {
  readonly isLost: boolean;
  readonly evidenceDueAt: string | null;
}

/** A parcel by its tracking number; null where the shipment is not told in parcels. */
export interface OfParcel {
  readonly tracking: string | null;
}

/** Goods that came back: of an order line, or where none is named an item. */
export interface OfReturnedGoods {
  readonly orderLine: string | null;
  readonly sku: string | null;
}
