import type { AnyLedgerEvent, ByEventType, EventOf } from '#events';
import { formatMoney, type Money } from '#kernel';

const tenderWords: Readonly<Record<string, string>> = {
  card: 'card',
  cash: 'cash',
  gift_card: 'gift card',
  store_credit: 'store credit',
  voucher: 'voucher',
  loyalty: 'loyalty points',
  bank_transfer: 'bank transfer',
  cash_on_delivery: 'cash on delivery',
  buy_now_pay_later: 'buy now, pay later',
  invoice: 'invoice',
  marketplace: 'the marketplace',
  other: 'another tender',
};

function money({ minor, currency }: Money): string {
  return formatMoney(minor, currency);
}

function byTender(tender: string): string {
  return `by ${tenderWords[tender] ?? tender}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

function orderedWords({ data }: EventOf<'OrderCaptured'>): string {
  const total = data.lines.reduce((sum, line) => {
    const taxes = line.taxes.reduce((taxSum, { amount }) => taxSum + BigInt(amount.minor), 0n);
    return sum + BigInt(line.gross.minor) - BigInt(line.discount.minor) + taxes;
  }, 0n);
  const goods = data.lines.filter((line) => line.kind === 'goods').length;
  return `Ordered ${goods} ${goods === 1 ? 'item' : 'items'} for ${formatMoney(total, data.currency)} in ${data.channel}`;
}

function dispatchedWords({ data }: EventOf<'ShipmentDispatched'>): string {
  const units = data.lines.reduce((sum, { qty }) => sum + qty, 0);
  const parcels = (data.trackings ?? []).map(({ carrier, tracking }) => `${carrier} ${tracking}`);
  const kind = data.kind === 'original' ? '' : ` as ${data.kind}`;
  const from = data.node === undefined ? '' : ` from ${data.node}`;
  return `Handed ${units} ${units === 1 ? 'unit' : 'units'} to the carrier${kind}${from}${because(parcels.join(', ') || undefined)}`;
}

function creditWords({ data }: EventOf<'CreditGranted'>): string {
  const total = data.lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    -BigInt(data.fee?.minor ?? 0),
  );
  return `Granted a credit of ${formatMoney(total, data.currency)} for ${data.basis.replace('_', ' ')}`;
}

function personsWords(count: number): string {
  return count === 1 ? 'a person' : `${count} persons`;
}

/** What each fact says to a service agent, in one line. */
const wordsByType: ByEventType<string> = {
  LedgerOpened: () => 'Opened the ledger',
  ErasureRequested: ({ data }) => `Asked to forget ${personsWords(data.subjects.length)}`,
  ErasureDeferred: ({ data }) =>
    `Put the erasure off until ${data.until}${because(data.legalBasis)}`,
  SubjectKeyDestroyed: ({ data }) => `Destroyed the keys of ${personsWords(data.keys.length)}`,
  ErasureCompleted: () => 'Completed the erasure',
  SealPublished: ({ data }) => `Sealed the first ${data.size} events`,
  OrderCaptured: orderedWords,
  OrderCancelled: ({ data }) => `Cancelled the order${because(data.reason)}`,
  OrderLineCancelled: ({ data }) =>
    `Cancelled ${data.qty} of line ${data.line}${because(data.reason)}`,
  PromiseDateSet: ({ data }) =>
    `Promised ${data.line === undefined ? 'delivery' : `line ${data.line}`} for ${data.promised}${because(data.cause)}`,
  CreditGranted: creditWords,
  PaymentAuthorized: ({ data }) => `Approved ${money(data.amount)} ${byTender(data.tender)}`,
  PaymentCaptured: ({ data }) => `Paid ${money(data.amount)} ${byTender(data.tender)}`,
  RefundIssued: ({ data }) => `Refunded ${money(data.amount)} ${byTender(data.tender)}`,
  ItemCostSet: ({ data }) =>
    `Set the cost of ${data.sku} to ${data.cost.decimal} ${data.cost.currency} from ${data.validFrom}`,
  StockReceived: ({ data }) =>
    `Received ${data.qty} ${data.uom} from ${data.cause === 'return' ? 'a return' : 'a purchase'} (${data.receipt})`,
  StockAllocated: ({ data }) => `Reserved ${data.qty} ${data.uom} for line ${data.orderLine}`,
  StockDeallocated: ({ data }) =>
    `Gave ${data.qty} reserved ${data.uom} back${because(data.reason)}`,
  StockIssued: ({ data }) =>
    `Took ${data.qty} ${data.uom} from stock for shipment ${data.shipment}`,
  ShipmentDispatched: dispatchedWords,
  ShipmentScanned: ({ data }) =>
    `Parcel seen: ${data.code}${data.place === undefined ? '' : ` in ${data.place}`}`,
  ShipmentDelivered: ({ data }) =>
    `Delivered${data.tracking === undefined ? '' : ` parcel ${data.tracking}`}`,
  ReturnReceived: ({ data }) =>
    `Took back ${data.qty} of ${data.sku} at ${data.node}${because(data.condition)}`,
  ExternalReferenceAttached: ({ data }) => `Tied to ${data.referenceType} ${data.reference}`,
  EventCorrected: ({ data }) =>
    `Corrected ${data.target.type}: ${data.reason === 'did_not_occur' ? 'it did not happen' : 'the report was wrong'}`,
};

/** The line a service agent reads for a fact. Holds no personal data. */
export function wordsOf(event: AnyLedgerEvent): string {
  // The registry is keyed by type, so the function found takes this event.
  const words = wordsByType[event.type] as (event: AnyLedgerEvent) => string;
  return words(event);
}
