import { describe, expect, it } from 'vitest';
import { euro, fact } from '../../fixtures/facts.js';
import { exchanged, exchangeSettled } from './document-facts.js';
import { findingRows, finds, wordsOf } from './finds.js';
import {
  approvalAsked,
  approvalGiven,
  approved,
  at,
  authorized,
  captured,
  dispatched,
  disputed,
  ended,
  evidenceDue,
  expired,
  granted,
  held,
  letGo,
  money,
  order,
  paid,
  paidAgain,
  received,
  refundFailed,
  refunded,
  rejected,
  requested,
  reversed,
  second,
  voided,
  whole,
  withdraw,
} from './payment-facts.js';

const cancelled = fact('OrderCancelled', order, { reason: 'customer' }, at(7));
const forfeited = (minor: number) =>
  fact(
    'DepositForfeited',
    order,
    { forfeiture: 'f1', legalEntity: 'de01', amount: euro(minor) },
    at(8),
  );
const dropped = fact('OrderLineCancelled', order, { line: 'A', qty: 1, cancellation: 'x' }, at(2));
const carriedOver = (minor: number) =>
  fact(
    'ContractBalanceTransferred',
    'order-shop:9',
    {
      transfer: 't1',
      toOrder: order,
      legalEntity: 'de01',
      balance: euro(-minor),
      cause: 'exchange',
      approval: 'approval-shop:a1',
    },
    { kind: 'decision', account: 'daybook', ...at(3) },
  );
const refundOf = (decision: string, day: number, minor: number) =>
  refunded(day, minor, { decisionId: decision });

describe('money that comes in', () => {
  const reauthorized = authorized(5, 'au2');
  finds([
    ['an order paid once', [authorized(1), paid(2)], []],
    ['an order paid twice', [paid(2), paidAgain], ['payments_differ_from_order', 'captured_twice']],
    [
      'an order paid twice whose second payment went back',
      [paid(2), paidAgain, money('RefundIssued', 6, whole, { refund: 'x' }, second)],
      [],
    ],
    ['an order paid in two equal halves', [paid(2, 'a', 1_000), paid(3, 'b', 1_000)], []],
    ['a capture after a void', [authorized(1), voided(2), paid(3)], ['captured_after_void']],
    ['a capture before a void', [authorized(1), paid(2), voided(3)], []],
    [
      'a capture of another authorization than was called off',
      [authorized(1), voided(2), reauthorized, paid(6, 'ch', whole, 'au2')],
      [],
    ],
    [
      'a void that was told by mistake',
      [authorized(1), voided(2), paid(3), withdraw(voided(2))],
      [],
    ],
    ['a capture after the expiry', [authorized(1), expired(2), paid(3)], ['captured_after_expiry']],
    [
      'a capture of an authorization renewed after the expiry',
      [authorized(1), expired(2), reauthorized, paid(6)],
      [],
    ],
    [
      'more captured than authorized',
      [authorized(1, 'au', undefined, 1_500), paid(2)],
      ['captured_above_authorization'],
    ],
    [
      'more captured than first authorized, and more authorized since',
      [authorized(1, 'au', undefined, 1_500), authorized(1, 'au2', undefined, 500), paid(2)],
      [],
    ],
  ]);
});

describe('what an order comes to', () => {
  finds([
    ['an order paid in part', [paid(2, 'ch', 900)], ['payments_differ_from_order']],
    ['an order paid in part for a line cancelled in part', [paid(2, 'ch', 1_000), dropped], []],
    ['an order paid for before a line was cancelled in part', [paid(2), dropped], []],
    [
      'an order paid by what another order left for it',
      [paid(2, 'ch', 500), carriedOver(1_500)],
      [],
    ],
    [
      'an order paid in part by what another order left for it',
      [paid(2, 'ch', 500), carriedOver(1_000)],
      ['payments_differ_from_order'],
    ],
  ]);
});

describe('the window of an authorization', () => {
  finds([
    [
      'an authorization that expired before the goods left',
      [authorized(1), expired(8)],
      ['authorization_expired_before_dispatch'],
    ],
    [
      'an authorization that expired and was renewed',
      [authorized(1), expired(8), authorized(9, 'au2')],
      [],
    ],
    ['an authorization that expired after the capture', [authorized(1), paid(2), expired(8)], []],
    [
      'goods that left after the last day of the authorization',
      [authorized(1, 'au', '2026-03-08'), dispatched(9)],
      ['authorization_expired_before_dispatch'],
    ],
    [
      'goods that left on the last day of the authorization',
      [authorized(1, 'au', '2026-03-08'), dispatched(8)],
      [],
    ],
    [
      'a hold that outlasts the authorization',
      [authorized(1, 'au', '2026-03-08'), held(2)],
      ['authorization_expires_while_held'],
    ],
    [
      'a hold that was released in time',
      [authorized(1, 'au', '2026-03-08'), held(2), letGo(5)],
      [],
    ],
    ['a hold of an order that is paid', [authorized(1, 'au', '2026-03-08'), held(2), paid(3)], []],
  ]);
});

describe('money that goes back', () => {
  const performed = [paid(2), dispatched(3)];
  finds([
    ['a credit that was refunded', [...performed, granted(9, 500), refunded(10, 500)], []],
    ['a credit nobody refunded', [...performed, granted(9, 500)], ['credit_without_refund']],
    ['a refund nobody granted', [...performed, refunded(9, 500)], ['refund_without_credit']],
    [
      'more refunded than captured',
      [...performed, granted(9, 2_500), refunded(9, 2_500)],
      ['refund_exceeds_capture'],
    ],
    [
      'more refunded than captured, of which some came back',
      [...performed, granted(9, 2_000), refunded(9, 2_500), reversed(10, 500, 'other')],
      [],
    ],
    [
      'a refund that failed',
      [...performed, granted(9, 500), refundFailed(10, 500)],
      ['refund_failed', 'credit_without_refund'],
    ],
    [
      'a refund that failed and was sent again',
      [...performed, granted(9, 500), refundFailed(10, 500), refunded(11, 500)],
      [],
    ],
    [
      'a refund that was sent and came back',
      [...performed, granted(9, 500), refunded(10, 500), reversed(11, 500, 're10')],
      ['credit_without_refund'],
    ],
    [
      'a refund above the value of what was received',
      [...performed, received(1), granted(9, 1_500, 'return'), refunded(10, 1_500)],
      ['refund_above_received_value'],
    ],
    [
      'a refund of the value of what was received',
      [...performed, received(1), granted(9, 1_000, 'return'), refunded(10, 1_000)],
      [],
    ],
    [
      'a refund of goods that came back later',
      [...performed, granted(9, 2_000, 'return'), refunded(10, 2_000), received(2)],
      [],
    ],
    [
      'a refund above the received value that was approved',
      [
        ...performed,
        received(1),
        granted(9, 1_500, 'return', 'a1'),
        refunded(10, 1_500),
        approvalAsked,
        approvalGiven,
      ],
      [],
    ],
    [
      'a refund above the received value whose approval nobody gave',
      [
        ...performed,
        received(1),
        granted(9, 1_500, 'return', 'a1'),
        refunded(10, 1_500),
        approvalAsked,
      ],
      ['refund_above_received_value'],
    ],
    [
      'a request above the received value',
      [...performed, received(1), requested(1_500), approved(1_500)],
      ['refund_above_received_value'],
    ],
    [
      'a request above the received value that names its approval',
      [
        ...performed,
        received(1),
        requested(1_500),
        approved(1_500, 'approval-shop:a1'),
        approvalAsked,
        approvalGiven,
      ],
      [],
    ],
    [
      'a request above the received value that was rejected',
      [...performed, received(1), requested(1_500), rejected],
      [],
    ],
    [
      'a request that was rejected, and whose money went back',
      [
        ...performed,
        received(1),
        requested(500),
        rejected,
        refundOf('q1', 12, 500),
        granted(9, 500),
      ],
      ['refund_rejected_yet_sent'],
    ],
    [
      'a request that was rejected, and approved after all',
      [
        ...performed,
        received(1),
        requested(500),
        rejected,
        approved(500),
        refundOf('q1', 12, 500),
        granted(9, 500),
      ],
      [],
    ],
    [
      'more kept of a deposit than was paid',
      [paid(2, 'ch', 500), cancelled, forfeited(600)],
      ['payments_differ_from_order', 'forfeited_more_than_paid'],
    ],
    ['a deposit that is kept', [paid(2, 'ch', 500), cancelled, forfeited(500)], []],
    [
      'a settled exchange of another difference than was agreed',
      [exchanged, exchangeSettled(2_800)],
      ['exchange_not_balanced'],
    ],
    ['an exchange settled as agreed', [exchanged, exchangeSettled(2_860)], []],
  ]);
});

describe('a dispute', () => {
  const refundedFirst = [
    paid(2),
    dispatched(3),
    granted(9, whole),
    refunded(10, whole),
    disputed(12),
  ];
  const refundedLast = [
    paid(2),
    dispatched(3),
    granted(9, whole),
    disputed(10),
    refunded(12, whole),
  ];
  finds([
    ['after the refund', refundedFirst, ['disputed_after_refund']],
    ['during which money went back', refundedLast, ['refunded_while_disputed']],
    ['after the refund that was won', [...refundedFirst, ended('DisputeWon')], []],
    [
      'after the refund that was lost',
      [...refundedFirst, ended('DisputeLost')],
      ['disputed_after_refund'],
    ],
    ['that the refund closed', [...refundedLast, ended('DisputeClosedByRefund')], []],
    [
      'that only asks',
      [paid(2), dispatched(3), granted(9, whole), disputed(10, 'inquiry'), refunded(12, whole)],
      [],
    ],
    [
      'of what was granted, until it is decided',
      [paid(2), dispatched(3), granted(9, whole), disputed(10)],
      [],
    ],
  ]);
  it('says that nothing may be refunded again, and until when evidence is taken', () => {
    const facts = findingRows([captured, ...refundedFirst, evidenceDue])
      .filter(([, code]) => code === 'disputed_after_refund')
      .map((row) => String(row[3]));
    expect(facts).toEqual([
      '{"amount":{"currency":"EUR","minor":"2000"},"evidenceDueAt":"2026-05-12","isLost":false}',
    ]);
    expect(facts.map((text) => wordsOf('disputed_after_refund', text))).toEqual([
      '20.00 EUR had gone back before it was disputed. Do NOT refund again; evidence due 2026-05-12.',
    ]);
  });
});
