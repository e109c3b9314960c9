import { comparableInstant, compareInstants } from '#kernel';
import { type ReferenceData, zoneOfLegalEntity } from '../reference-data.js';
import type { ResolvedEvent } from '../resolution/resolve.js';

/** A unit's standard cost as it was set. */
export interface UnitCost {
  readonly decimal: string;
  readonly currency: string;
  readonly eventId: string;
}

/**
 * The standard cost in force when something happened: the latest `validFrom` that is not after it.
 * Undefined where none is set, or the time is unknown.
 */
export function costInForce(
  costs: readonly ResolvedEvent[],
  item: { readonly legalEntity: string; readonly sku: string; readonly uom: string },
  at: string | null,
  reference: ReferenceData,
): UnitCost | undefined {
  if (at === null) return undefined;
  let best: { readonly from: string; readonly cost: UnitCost } | undefined;
  for (const { event, standing } of costs) {
    if (standing !== 'effective' || event.type !== 'ItemCostSet') continue;
    const { legalEntity, sku, uom, validFrom, cost } = event.data;
    if (legalEntity !== item.legalEntity || sku !== item.sku || uom !== item.uom) continue;
    const from = validFromInstant(validFrom, zoneOfLegalEntity(reference, legalEntity));
    if (compareInstants(from, at) > 0) continue;
    if (best && compareInstants(from, best.from) <= 0) continue;
    best = { from, cost: { ...cost, eventId: event.eventId } };
  }
  return best?.cost;
}

function validFromInstant(validFrom: string, zone: string): string {
  const precision = validFrom.length === 10 ? 'date' : 'instant';
  const occurrence = { occurredAt: validFrom, precision, notBefore: null, notAfter: null } as const;
  return comparableInstant(occurrence, zone) ?? validFrom;
}

/**
 * A quantity at a unit cost in minor units, rounded half up.
 * `minorDigits` is what the currency has behind the point.
 */
export function extendedCost(qty: number, decimal: string, minorDigits: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(`${whole}${fraction}`) * BigInt(qty) * 10n ** BigInt(minorDigits);
  return (scaled * 2n + scale) / (scale * 2n);
}
