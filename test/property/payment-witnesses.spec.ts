import { describe, expect, it } from 'vitest';
import { reportOf, subjectViewOf } from '#domain';
import { type AnyLedgerEvent, definitionOf, type EventType, eventTypes } from '#events';
import { sampleOf } from '../fixtures/events/index.js';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { plainReference } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';

const payment = 'payment-psp:pi_1';

function viewOf(events: readonly AnyLedgerEvent[]) {
  const reports = events.map((event) => reportOf(event, plainReference));
  return subjectViewOf(
    {
      subject: payment,
      homes: new Map([[payment, reports]]),
      referenceHomes: new Map(),
      absorbed: [],
    },
    plainReference,
  );
}

/** The standings of the events in the order given, whichever way round they came. */
function standings(events: readonly AnyLedgerEvent[]): readonly (string | undefined)[] {
  const ofArrival = (arrived: readonly AnyLedgerEvent[]) => {
    const found = viewOf(arrived).events;
    return events.map(
      ({ eventId }) => found.find(({ event }) => event.eventId === eventId)?.standing,
    );
  };
  const straight = ofArrival(events);
  expect(ofArrival(new Random(7).shuffled([...events]))).toEqual(straight);
  return straight;
}

function capture(number: string, minor: number, sketch: FactSketch) {
  const amount = euro(minor);
  return fact(
    'PaymentCaptured',
    payment,
    { tender: 'card', amount, legalEntity: 'de01', capture: number, orderRefs: null },
    sketch,
  );
}

function deny(
  target: AnyLedgerEvent,
  correction: string,
  reason: 'did_not_occur' | 'incorrect_data',
) {
  const { leaf, eventId, type, account } = target;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction, reason },
    { account },
  );
}

const numberedClasses = eventTypes.filter((type) => definitionOf(type).numberedBy !== undefined);

describe('a report without the provider’s number', () => {
  it('is possible of every movement of a payment that the provider numbers', () => {
    expect(numberedClasses.sort()).toEqual([
      'DisputeClosedByRefund',
      'DisputeFundsReinstated',
      'DisputeFundsWithdrawn',
      'DisputeLost',
      'DisputeOpened',
      'DisputeWon',
      'PaymentAuthorizationExpired',
      'PaymentAuthorizationFailed',
      'PaymentAuthorizationReleased',
      'PaymentAuthorized',
      'PaymentCaptureFailed',
      'PaymentCaptured',
      'PaymentVoided',
      'RefundFailed',
      'RefundIssued',
      'RefundReversed',
      'SecondChargebackReceived',
    ]);
  });
  it.each(numberedClasses)('corroborates the numbered %s', (type) => {
    const { numberedBy = '' } = definitionOf(type);
    const { data } = sampleOf(type);
    const told = (number: string, sketch: FactSketch) =>
      fact(type, payment, Object.assign({}, data, { [numberedBy]: number }) as never, sketch);
    const numbered = told('n1', { account: 'psp' });
    const without = told('', { account: 'shop', transaction: 't1' });
    expect(standings([numbered, without])).toEqual(['effective', 'corroborates']);
    expect(standings([without])).toEqual(['effective']);
  });
  it('of one attempt says nothing about another attempt', () => {
    const failed = (number: string, attempt: number, sketch: FactSketch) =>
      fact(
        'PaymentCaptureFailed',
        payment,
        { tender: 'card', amount: euro(5), capture: number, orderRefs: null, attempt },
        sketch,
      );
    const numbered = failed('ch', 1, { account: 'psp' });
    const again = failed('', 2, { account: 'shop', transaction: 't1' });
    expect(standings([numbered, again])).toEqual(['effective', 'effective']);
  });
});

describe('a numbered capture that did not occur', () => {
  const numbered = capture('ch', 1_000, { account: 'psp' });
  const witness = capture('', 1_000, { account: 'shop', transaction: 't1' });
  it('is not brought back by a witness without the number', () => {
    const denied = deny(numbered, 'k1', 'did_not_occur');
    expect(standings([numbered, witness, denied])).toEqual(['annulled', 'annulled', 'effective']);
  });
  it('leaves the witness to the capture that did occur', () => {
    const denied = deny(numbered, 'k1', 'did_not_occur');
    const second = capture('ch2', 1_000, { account: 'psp' });
    expect(standings([numbered, witness, denied, second])).toEqual([
      'annulled',
      'corroborates',
      'effective',
      'effective',
    ]);
  });
  it('is awaited where it was only told wrongly', () => {
    const wrong = deny(numbered, 'k1', 'incorrect_data');
    expect(standings([numbered, witness, wrong])).toEqual(['annulled', 'effective', 'effective']);
  });
  it('does not take back what a better source says', () => {
    const witnessed = capture('ch', 1_000, { account: 'bank' });
    const authority = capture('', 1_000, { account: 'psp', transaction: 't1' });
    const denied = deny(witnessed, 'k1', 'did_not_occur');
    expect(standings([witnessed, authority, denied])).toEqual([
      'annulled',
      'effective',
      'effective',
    ]);
  });
  it('takes its witness back when the denial is taken back', () => {
    const denied = deny(numbered, 'k1', 'did_not_occur');
    const takenBack = deny(denied, 'k2', 'incorrect_data');
    expect(standings([numbered, witness, denied, takenBack])).toEqual([
      'effective',
      'corroborates',
      'annulled',
      'effective',
    ]);
  });
});

describe('the day until which evidence is taken', () => {
  it('is the last one the provider names of each dispute', () => {
    const due = (dispute: string, dueAt: string, day: number) =>
      fact(
        'DisputeEvidenceDue',
        payment,
        { dispute, dueAt },
        { account: 'psp', at: `2026-05-0${day}T10:00:00.000Z` },
      );
    expect(
      standings([
        due('dp_1', '2026-05-12', 1),
        due('dp_1', '2026-05-19', 2),
        due('dp_2', '2026-06-01', 1),
      ]),
    ).toEqual(['superseded', 'effective', 'effective']);
  });
});

describe('witnesses of one happening', () => {
  /** Their amount only says what is meant, where the reporter says so at all. */
  const named: readonly EventType[] = [
    'ExternalReferenceAttached',
    'RefundRejected',
    'ApprovalRequested',
  ];
  const measured = eventTypes.filter((type) => {
    const { businessKey } = definitionOf(type);
    const { data } = sampleOf(type);
    return (
      !named.includes(type) &&
      'amount' in data &&
      businessKey({ ...sampleEvent(type), data }) !== null
    );
  });
  it.each(measured)('of %s disagree where their amounts do', (type) => {
    expect(definitionOf(type).measure).toBeTypeOf('function');
  });
});

function sampleEvent(type: EventType) {
  const { leaf, account, data } = sampleOf(type);
  return fact(type, leaf, data as never, { account });
}
