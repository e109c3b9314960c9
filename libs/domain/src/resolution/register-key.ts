import type { AnyLedgerEvent } from '#events';

/** The register an event sets, or undefined where it sets none. */
export function registerKeyOf(event: AnyLedgerEvent): string | undefined {
  switch (event.type) {
    case 'PromiseDateSet':
      return JSON.stringify([event.type, event.leaf, event.data.line ?? '']);
    case 'ItemCostSet':
      return JSON.stringify([event.type, event.leaf, event.data.uom, event.data.validFrom]);
    default:
      return undefined;
  }
}
