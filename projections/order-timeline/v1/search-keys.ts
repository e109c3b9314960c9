import type { ResolvedEvent } from '#domain';
import { type AnyLedgerEvent, linkedLeaf, type OrderCaptured } from '#events';
import { memoizeByObject, sha256Hex } from '#kernel';

/** What a search key is; the names stand in the API. */
export type SearchKeyKind =
  | 'external_id'
  | 'customer'
  | 'reference'
  | 'tracking'
  | 'card_digits'
  | 'gift_card_digits'
  | 'bank_reference'
  | 'credit_memo'
  | 'erp_document'
  | 'case';

export interface SearchKey {
  readonly kind: SearchKeyKind;
  /** As {@link searchValueOf} makes it. */
  readonly value: string;
}

const valueBytesMax = 400;

/**
 * What a text is found by: without spaces and in capitals, since tracking numbers and receipts are
 * typed by hand. One that is too long for an index is found by its digest.
 */
export function searchValueOf(text: string): string {
  const value = text.normalize('NFC').replaceAll(/\s/g, '').toUpperCase();
  return Buffer.byteLength(value) > valueBytesMax ? sha256Hex(value) : value;
}

/**
 * What the events shown are found by, each key once. The ids of things are not in it: they are in
 * their leaves, by which every entry is found.
 */
export function searchKeysOf(shown: readonly ResolvedEvent[]): readonly SearchKey[] {
  const found = new Map<string, SearchKey>();
  for (const { event, standing } of shown) {
    if (standing === 'annulled' || standing === 'superseded') continue;
    for (const key of keysOfEvent(event)) found.set(`${key.kind} ${key.value}`, key);
  }
  return [...found.values()];
}

const noKeys: readonly SearchKey[] = [];

const keysOfEvent = memoizeByObject((event: AnyLedgerEvent): readonly SearchKey[] => {
  const named = namesIn(event).filter(([, text]) => text !== undefined && text !== '');
  if (named.length === 0) return noKeys;
  return named.map(([kind, text]) => ({ kind, value: searchValueOf(text ?? '') }));
});

type Named = readonly (readonly [SearchKeyKind, string | undefined])[];

const nothing: Named = [];

/** A marketplace owes for all its buyers, and is no name of one order among them. */
function customerKeyOf({ kind, id }: OrderCaptured['debtor']): string | undefined {
  return kind === 'marketplace' ? undefined : id;
}

function namesIn(event: AnyLedgerEvent): Named {
  switch (event.type) {
    case 'OrderCaptured':
      return [
        ['customer', customerKeyOf(event.data.debtor)],
        ...(event.data.externalIds?.map(({ id }) => ['external_id', id] as const) ?? nothing),
      ];
    case 'ExternalReferenceAttached':
      return linkedLeaf(event.data) === undefined ? [['reference', event.data.reference]] : nothing;
    case 'ShipmentDispatched':
      return (
        event.data.trackings?.map(({ tracking }) => ['tracking', tracking] as const) ?? nothing
      );
    case 'ShippingLabelGenerated':
    case 'ShipmentScanned':
    case 'ShipmentDelivered':
    case 'ReturnInTransit':
      return [['tracking', event.data.tracking]];
    case 'PaymentAuthorized':
    case 'PaymentCaptured':
      return [['card_digits', event.data.lastFourDigits]];
    case 'GiftCardIssued':
      return [['gift_card_digits', event.data.lastFourDigits]];
    case 'RefundIssued':
      return [
        ['bank_reference', event.data.acquirerReference],
        ['credit_memo', event.data.creditMemo],
      ];
    case 'CreditGranted':
      return [['credit_memo', event.data.creditMemo]];
    case 'OrderAcknowledgedByErp':
      return [['erp_document', event.data.erpDocument]];
    case 'CustomerContactReceived':
      return [['case', event.data.caseId]];
    default:
      return nothing;
  }
}
