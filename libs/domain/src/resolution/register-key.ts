import type { AnyLedgerEvent, StockOwner } from '#events';

/** The register an event sets, or undefined where it sets none. */
export function registerKeyOf(event: AnyLedgerEvent): string | undefined {
  switch (event.type) {
    case 'PromiseDateSet':
      return JSON.stringify([event.type, event.leaf, event.data.line ?? '']);
    case 'ItemCostSet':
      return JSON.stringify([event.type, event.leaf, event.data.uom, event.data.validFrom]);
    case 'SafetyStockSet':
      return JSON.stringify([event.type, event.leaf, ...stockKindOf(event.data)]);
    case 'IncomingStockExpected':
    case 'IncomingStockRevised': {
      const { purchaseOrder, purchaseOrderLine } = event.data;
      // A revision sets anew what was expected, so both say one thing.
      const named = ['IncomingStock', event.leaf, purchaseOrder, purchaseOrderLine];
      return JSON.stringify([...named, ...stockKindOf(event.data)]);
    }
    case 'StockReservationExtended': {
      const { authority, reservation, line } = event.data;
      return JSON.stringify([event.type, authority, reservation, line]);
    }
    case 'DeliveryDelayed':
      return JSON.stringify([event.type, event.leaf, event.data.tracking ?? '']);
    case 'DisputeEvidenceDue':
      return JSON.stringify([event.type, event.leaf, event.data.dispute]);
    case 'SourceAuthoritySet': {
      const { validFrom, legalEntity, channel } = event.data;
      return JSON.stringify([event.type, event.leaf, validFrom, legalEntity ?? '', channel ?? '']);
    }
    case 'SourceControlTotalReceived':
      return JSON.stringify([event.type, event.leaf, event.data.numberRange ?? '']);
    default:
      return undefined;
  }
}

/** Stock of another owner or unit of measure is other stock. */
function stockKindOf({ owner, uom }: { readonly owner: StockOwner; readonly uom: string }) {
  return [owner.kind, owner.id, uom];
}
