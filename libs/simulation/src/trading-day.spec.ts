import { describe, expect, it } from 'vitest';
import { type EventType, readFact, type UnderstoodFact } from '#events';
import { simulate } from './simulate.js';
import type { SimulatedCommand, SimulatedDelivery } from './step.js';
import { type TradingDay, tradingDay } from './trading-day.js';

/** What a trading day tells; no source of a retailer tells of the other types. */
const toldTypes: readonly EventType[] = [
  'ApprovalGranted',
  'ApprovalRequested',
  'BackorderFilled',
  'CarrierClaimAccepted',
  'CarrierClaimFiled',
  'CarrierClaimPaid',
  'CarrierClaimRejected',
  'CarrierInvoiceReceived',
  'CashDeposited',
  'CreditGranted',
  'CustomerContactReceived',
  'CustomerNotified',
  'CycleCountRecorded',
  'CycleCountStarted',
  'DeliveryAttemptFailed',
  'DeliveryDelayed',
  'DepositForfeited',
  'DisputeEvidenceDue',
  'DisputeFundsReinstated',
  'DisputeFundsWithdrawn',
  'DisputeLost',
  'DisputeOpened',
  'DisputeWon',
  'EventCorrected',
  'ExceptionAssigned',
  'ExceptionRaised',
  'ExceptionResolved',
  'ExchangeOpened',
  'ExchangeRateSet',
  'ExchangeSettled',
  'ExternalReferenceAttached',
  'ExternalReferenceDetached',
  'ExternalStockSnapshotReceived',
  'FraudCleared',
  'FraudConfirmed',
  'FraudReviewRequested',
  'FulfilmentAccepted',
  'FulfilmentRejected',
  'FulfilmentRequested',
  'FulfilmentRerouted',
  'GiftCardIssued',
  'GiftCardRedeemed',
  'IncomingStockExpected',
  'IncomingStockRevised',
  'IntegrationOutageEnded',
  'IntegrationOutageStarted',
  'InventoryConfidenceScored',
  'InvoiceIssued',
  'ItemCostSet',
  'ItemShortPicked',
  'ItemsPacked',
  'ItemsPicked',
  'LocationOpened',
  'NodeCapacityReported',
  'OrderAcknowledgedByErp',
  'OrderAmendmentConfirmed',
  'OrderAmendmentDeclined',
  'OrderAmendmentRequested',
  'OrderCancelled',
  'OrderCaptured',
  'OrderCompleted',
  'OrderHoldPlaced',
  'OrderHoldReleased',
  'OrderLineCancelled',
  'OrderLineSubstituted',
  'OrderNoteAdded',
  'OrderReleased',
  'OrderValidated',
  'OrderValidationFailed',
  'PaymentAuthorizationExpired',
  'PaymentAuthorizationFailed',
  'PaymentAuthorizationReleased',
  'PaymentAuthorized',
  'PaymentCaptured',
  'PaymentVoided',
  'PayoutReceived',
  'PeriodClosed',
  'PickSlaMissed',
  'PickupCancelled',
  'PickupCompleted',
  'PickupExpired',
  'PickupReady',
  'PickupTaskCreated',
  'PosVoided',
  'PriceMismatchDetected',
  'PromiseDateSet',
  'PurchaseOrderConfirmed',
  'PurchaseOrderIssued',
  'RefundApproved',
  'RefundFailed',
  'RefundIssued',
  'RefundRejected',
  'RefundRequested',
  'RefundReversed',
  'ReturnAuthorized',
  'ReturnDeclined',
  'ReturnExpired',
  'ReturnInTransit',
  'ReturnItemDisposed',
  'ReturnItemInspected',
  'ReturnReceived',
  'ReturnRequested',
  'ReturnRiskScored',
  'RevenueRecognized',
  'SafetyStockSet',
  'SettlementLineReported',
  'ShipmentDelivered',
  'ShipmentDispatched',
  'ShipmentLost',
  'ShipmentReturnedToSender',
  'ShipmentScanned',
  'ShippingLabelGenerated',
  'SourceControlTotalReceived',
  'SourcingDecided',
  'StockAdjusted',
  'StockAllocated',
  'StockBackordered',
  'StockBucketMoved',
  'StockDeallocated',
  'StockDiscrepancyDetected',
  'StockIssued',
  'StockReceived',
  'StockReservationExpired',
  'StockReservationExtended',
  'StockReservationRejected',
  'StockReservationReleased',
  'StockSoftReserved',
  'StockWrittenOff',
  'SupplierCreditNoteReceived',
  'SupplierInvoiceMatched',
  'SupplierInvoiceMismatched',
  'SupplierInvoiceReceived',
  'SupplierShipmentNotified',
  'TaxDetermined',
  'TillClosed',
  'TillOpened',
  'TransferReceived',
  'TransferRequested',
  'TransferShipped',
];

const options = { seed: 7, orders: 300, startDate: '2026-03-02' };

function deliveriesOf({ steps }: TradingDay): readonly SimulatedDelivery[] {
  return steps.flatMap((step) => (step.kind === 'delivery' ? [step.delivery] : []));
}

function commandsOf({ steps }: TradingDay): readonly SimulatedCommand[] {
  return steps.flatMap((step) => (step.kind === 'command' ? [step.command] : []));
}

function read(delivery: SimulatedDelivery): UnderstoodFact {
  const reading = readFact(delivery, { zoneOf: () => undefined });
  if (reading.outcome === 'refused') {
    throw new Error(`${delivery.type}: ${reading.code} ${reading.message}`);
  }
  return reading;
}

function typesOf(deliveries: Iterable<SimulatedDelivery>): ReadonlySet<EventType> {
  return new Set([...deliveries].map(({ type }) => type));
}

describe('a trading day', () => {
  const day = tradingDay(options);
  const deliveries = deliveriesOf(day);
  const facts = new Map(deliveries.map((delivery) => [delivery, read(delivery)]));
  const factOf = (delivery: SimulatedDelivery) => facts.get(delivery) ?? read(delivery);

  it('is the same for the same seed and another for another', () => {
    expect(tradingDay(options)).toEqual(day);
    expect(tradingDay({ ...options, seed: 8 })).not.toEqual(day);
  });

  it('has exactly the orders asked for', () => {
    const orders = new Set(
      deliveries.filter(({ type }) => type === 'OrderCaptured').map((one) => factOf(one).leaf),
    );
    expect(orders.size).toBe(options.orders);
  });

  it('delivers only facts of the catalogue, of all kinds that are told', () => {
    expect([...typesOf(deliveries)].sort()).toEqual(toldTypes);
  });

  it('repeats some deliveries, word for word, and gives no two the same id', () => {
    const byId = new Map<string, string>();
    for (const delivery of deliveries) {
      const bytes = JSON.stringify(delivery);
      expect(byId.get(delivery.id) ?? bytes).toBe(bytes);
      byId.set(delivery.id, bytes);
    }
    expect(byId.size).toBeLessThan(deliveries.length);
  });

  it('tells no fact under two delivery ids', () => {
    const ids = new Map<string, string>();
    for (const delivery of deliveries) {
      const { eventId } = factOf(delivery);
      expect(ids.get(eventId) ?? delivery.id).toBe(delivery.id);
      ids.set(eventId, delivery.id);
    }
  });

  it('is out of order and in parts undated', () => {
    const times = deliveries.flatMap(({ time, precision }) =>
      time === undefined || precision === 'date' ? [] : [time],
    );
    expect(times).not.toEqual([...times].sort());
    expect(deliveries.some(({ precision }) => precision === 'unknown')).toBe(true);
  });

  it('has captures with the provider id and without, on one payment', () => {
    const captures = deliveries.filter(
      (delivery): delivery is SimulatedDelivery<'PaymentCaptured'> =>
        delivery.type === 'PaymentCaptured',
    );
    const numbered = new Set(
      captures.filter((one) => one.data?.capture !== '').map((one) => factOf(one).leaf),
    );
    const unnumbered = captures.filter((one) => one.data?.capture === '');
    expect(unnumbered.length).toBeGreaterThan(0);
    for (const one of unnumbered) expect(numbered).toContain(factOf(one).leaf);
  });

  it('tells one card of a payment, whoever tells of it, and hardly one of two', () => {
    const cards = new Map<string, Set<string>>();
    for (const delivery of deliveries) {
      if (delivery.type !== 'PaymentCaptured') continue;
      const { data } = delivery as SimulatedDelivery<'PaymentCaptured'>;
      if (data?.lastFourDigits === undefined) continue;
      const { leaf } = factOf(delivery);
      cards.set(leaf, (cards.get(leaf) ?? new Set()).add(data.lastFourDigits));
    }
    expect(cards.size).toBeGreaterThan(0);
    expect([...cards.values()].every((digits) => digits.size === 1)).toBe(true);
    const different = new Set([...cards.values()].flatMap((digits) => [...digits]));
    expect(different.size).toBeGreaterThan(cards.size * 0.9);
  });

  it('tells one parcel by warehouse and carrier', () => {
    const sources = new Map<string, Set<string>>();
    for (const delivery of deliveries) {
      if (delivery.type !== 'ShipmentDispatched') continue;
      const { trackings } = delivery.data as SimulatedDelivery<'ShipmentDispatched'>['data'] &
        object;
      for (const { tracking } of trackings ?? []) {
        sources.set(tracking, (sources.get(tracking) ?? new Set()).add(delivery.source));
      }
    }
    expect([...sources.values()].some((witnesses) => witnesses.size === 2)).toBe(true);
  });

  it('corrects facts that were delivered', () => {
    const told = new Set(deliveries.map((delivery) => factOf(delivery).eventId));
    const targets = deliveries.flatMap((delivery) =>
      delivery.type === 'EventCorrected'
        ? [(delivery as SimulatedDelivery<'EventCorrected'>).data?.target.eventId ?? '']
        : [],
    );
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect(told).toContain(target);
  });

  it('asks for decisions, each under its own key, and expects some to be refused', () => {
    const commands = commandsOf(day);
    expect(new Set(commands.map(({ route }) => route))).toEqual(
      new Set(['/v1/allocations', '/v1/deallocations', '/v1/credits']),
    );
    const keys = commands.map(({ route, client, idempotencyKey }) =>
      JSON.stringify([route, client, idempotencyKey]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const refused = commands.filter(({ expected }) => expected === 'refused');
    expect(refused.map(({ route }) => route)).toEqual(['/v1/allocations']);
  });

  it('promises no more than was received before, but where it expects to be refused', () => {
    const available = new Map<string, number>();
    const add = (sku: string, node: string, units: number) => {
      const key = JSON.stringify([sku, node]);
      available.set(key, (available.get(key) ?? 0) + units);
      return available.get(key) ?? 0;
    };
    const seen = new Set<string>();
    for (const step of day.steps) {
      if (step.kind === 'command') {
        const { body, expected } = step.command;
        if (!('lines' in body) || !('sku' in body) || 'deallocation' in body) continue;
        const units = body.lines.reduce((sum, { qty }) => sum + qty, 0);
        const left = add(body.sku, body.node, -units);
        expect(left >= 0).toBe(expected === 'accepted');
        if (expected === 'refused') add(body.sku, body.node, units);
        continue;
      }
      const { delivery } = step;
      if (seen.has(delivery.id)) continue;
      seen.add(delivery.id);
      if (delivery.type === 'StockReceived') {
        const { data } = delivery as SimulatedDelivery<'StockReceived'>;
        if (data?.cause === 'purchase') add(delivery.sku ?? '', delivery.node ?? '', data.qty);
      }
      if (delivery.type === 'StockAllocated') {
        const { data } = delivery as SimulatedDelivery<'StockAllocated'>;
        expect(
          add(delivery.sku ?? '', delivery.node ?? '', -(data?.qty ?? 0)),
        ).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('shows an order that is split, sent twice and partly returned', () => {
    const [first] = day.showcases;
    const of = deliveries.filter((delivery) => JSON.stringify(delivery).includes(first.order));
    const shipments = new Set(
      of
        .filter(({ type, source }) => type === 'ShipmentDispatched' && source === 'wms.leipzig')
        .map(({ objectid }) => objectid),
    );
    expect(shipments.size).toBe(2);
    expect(of.map(({ type }) => type)).toContain('ReturnReceived');
    expect(first.skus.length).toBeGreaterThanOrEqual(2);
  });
});

describe('a stream of facts', () => {
  it('has as many deliveries as asked for, each understood, of every class a source may tell', () => {
    const stream = [...simulate({ seed: 3, events: 5_000 })];
    expect(stream).toHaveLength(5_000);
    for (const delivery of stream) read(delivery);
    expect([...typesOf(stream)].sort()).toEqual(toldTypes);
  });

  it('is the same for the same seed, however long it is', () => {
    const short = [...simulate({ seed: 3, events: 300 })];
    expect([...simulate({ seed: 3, events: 900 })].slice(0, 300)).toEqual(short);
    expect([...simulate({ seed: 4, events: 300 })]).not.toEqual(short);
  });

  it('goes on over days without telling a fact under two ids or naming two orders alike', () => {
    const ids = new Map<string, string>();
    const capturedBy = new Map<string, string>();
    for (const delivery of simulate({ seed: 5, events: 5_000 })) {
      const { eventId, leaf } = read(delivery);
      expect(ids.get(eventId) ?? delivery.id).toBe(delivery.id);
      ids.set(eventId, delivery.id);
      if (delivery.type !== 'OrderCaptured') continue;
      expect(capturedBy.get(leaf) ?? delivery.id).toBe(delivery.id);
      capturedBy.set(leaf, delivery.id);
    }
    expect(capturedBy.size).toBeGreaterThan(200);
  });
});
