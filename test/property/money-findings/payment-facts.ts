import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact, type FactSketch } from '../../fixtures/facts.js';

export const order = 'order-shop:1';
export const payment = 'payment-psp:pi_1';
export const second = 'payment-psp:pi_2';
export const shipment = 'shipment-wms:1';
export const whole = 2_000;

export const at = (day: number): FactSketch => ({
  at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`,
});
export const forOrder = (minor: number) => [{ order, amount: euro(minor) }];

export const captured = fact(
  'OrderCaptured',
  order,
  {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'c1' },
    channel: 'web',
    lines: [
      {
        line: 'A',
        kind: 'goods',
        sku: 'A',
        qty: 2,
        uom: 'each',
        gross: euro(whole),
        discount: euro(0),
        taxes: [],
      },
    ],
  },
  at(1),
);

/** A fact of the payment service about a part of the order. */
export function money<Type extends EventType>(
  type: Type,
  day: number,
  minor: number,
  data: Partial<EventData<Type>>,
  leaf = payment,
): AnyLedgerEvent {
  const common = {
    tender: 'card',
    legalEntity: 'de01',
    amount: euro(minor),
    orderRefs: forOrder(minor),
  };
  // The classes differ in nothing else that matters here; the edge is not asked.
  return fact(type, leaf, { ...common, ...data } as never, { account: 'psp', ...at(day) });
}

export const authorized = (day: number, number = 'au', expiresAt?: string, minor = whole) =>
  money('PaymentAuthorized', day, minor, {
    authorization: number,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
export const paid = (day: number, number = 'ch', minor = whole, authorization?: string) =>
  money('PaymentCaptured', day, minor, {
    capture: number,
    ...(authorization === undefined ? {} : { authorization }),
  });
export const paidAgain = money('PaymentCaptured', 5, whole, { capture: 'ch2' }, second);
export const voided = (day: number, number = 'au') =>
  money('PaymentVoided', day, whole, { authorization: number });
export const expired = (day: number, number = 'au') =>
  money('PaymentAuthorizationExpired', day, whole, { authorization: number });
export const refunded = (
  day: number,
  minor: number,
  data: Partial<EventData<'RefundIssued'>> = {},
) => money('RefundIssued', day, minor, { refund: `re${day}`, ...data });
export const refundFailed = (
  day: number,
  minor: number,
  data: Partial<EventData<'RefundFailed'>> = {},
) => money('RefundFailed', day, minor, { refund: `re${day}`, ...data });
export const reversed = (day: number, minor: number, refund: string) =>
  money('RefundReversed', day, minor, { refund });
export const requested = (minor: number) =>
  money('RefundRequested', 9, minor, { request: 'q1', basis: 'return' });
export const approved = (minor: number, approval?: string) =>
  money('RefundApproved', 10, minor, {
    request: 'q1',
    ...(approval === undefined ? {} : { approval }),
  });
export const rejected = fact(
  'RefundRejected',
  payment,
  { request: 'q1', amount: euro(1_500) },
  { account: 'psp', ...at(11) },
);
export const granted = (
  day: number,
  minor: number,
  basis: EventData<'CreditGranted'>['basis'] = 'goodwill',
  approvalId?: string,
) =>
  fact(
    'CreditGranted',
    order,
    {
      creditMemo: `m${day}`,
      legalEntity: 'de01',
      currency: 'EUR',
      basis,
      lines: [{ net: euro(minor), tax: euro(0) }],
      ...(approvalId === undefined ? {} : { approvalId }),
    },
    at(day),
  );
export const dispatched = (day: number, leaf = shipment, qty = 2) =>
  fact(
    'ShipmentDispatched',
    leaf,
    { kind: 'original', lines: [{ order, orderLine: 'A', qty }] },
    { account: 'wms', ...at(day) },
  );
export const received = (qty: number) =>
  fact(
    'ReturnReceived',
    'return-shop:1',
    { node: 'dc1', receipt: 'r1', line: '1', sku: 'A', qty, order, orderLine: 'A' },
    at(8),
  );
export const approvalAsked = fact(
  'ApprovalRequested',
  'approval-shop:a1',
  { action: 'refund', about: [order], requestedBy: 'agent1' },
  at(9),
);
export const approvalGiven = fact(
  'ApprovalGranted',
  'approval-shop:a1',
  { decidedBy: 'lead1' },
  at(10),
);
export const held = (day: number) =>
  fact('OrderHoldPlaced', order, { holdId: 'h1', type: 'payment', blocks: ['dispatch'] }, at(day));
export const letGo = (day: number) => fact('OrderHoldReleased', order, { holdId: 'h1' }, at(day));

export const disputed = (day: number, kind: 'inquiry' | 'chargeback' = 'chargeback') =>
  money('DisputeOpened', day, whole, { dispute: 'dp', kind });
export const evidenceDue = fact(
  'DisputeEvidenceDue',
  payment,
  { dispute: 'dp', dueAt: '2026-05-12' },
  { account: 'psp', ...at(13) },
);
export const ended = (type: 'DisputeWon' | 'DisputeLost' | 'DisputeClosedByRefund') =>
  fact(type, payment, { dispute: 'dp' }, { account: 'psp', ...at(20) });

export function withdraw(event: AnyLedgerEvent, correction = 'k1'): AnyLedgerEvent {
  const { leaf, eventId, type, account } = event;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction, reason: 'incorrect_data' },
    { account, ...at(28) },
  );
}
