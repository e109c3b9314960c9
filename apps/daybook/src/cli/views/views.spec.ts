import { describe, expect, it } from 'vitest';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type { TimelineItem } from '../../http/orders/timeline-items.js';
import { parkedView, retryLine } from './parked-view.js';
import { tallyView } from './tally-view.js';
import { timelineView } from './timeline-view.js';
import { trialBalanceView } from './trial-balance-view.js';
import { verificationView } from './verification-view.js';

const order: OrderAnswer = {
  leaf: 'order-shop:1',
  account: 'shop',
  orderId: '1',
  status: 'partly_delivered',
  nextOwner: 'carrier',
  nextDue: 'promise',
  blockedBy: [],
  legalEntity: 'e',
  currency: 'EUR',
  debtorKind: 'customer',
  debtorId: 'c',
  channel: 'web',
  capturedAt: null,
  promised: '2026-03-04',
  deliveredAt: null,
  pickDueAt: null,
  pickupExpiresAt: null,
  authorizationExpiresAt: null,
  stockExpectedAt: null,
  refundExpectedAt: null,
  evidenceDueAt: null,
  exceptionDueAt: null,
  orderedMinor: '123450',
  authorizedMinor: '0',
  capturedMinor: '5',
  refundedMinor: '0',
  creditedMinor: '0',
  refundOwedMinor: '0',
  findingCount: 0,
  aliasOf: null,
  lastContactSequence: null,
  told: { agent: 'Partly delivered.', customer: 'Part of your order has arrived.' },
  risks: [],
  promises: [],
  tenders: [],
  refunds: [],
  commitments: [],
  parked: null,
  lines: [],
  findings: { items: [], next: null },
};

const entry: TimelineItem = {
  eventId: 'e1',
  type: 'OrderCaptured',
  kind: 'fact',
  account: 'shop',
  words: 'Ordered',
  customerWords: null,
  under: [],
  local: '2026-03-02T08:00:00+00:00',
  occurredAt: '2026-03-02T08:00:00.000Z',
  precision: 'instant',
  notBefore: null,
  notAfter: null,
  standing: 'effective',
  standingReason: null,
  leaf: 'order-shop:1',
  data: {},
  recordedAt: '',
  revision: '0',
  sequence: '1',
  deliveryDigest: '',
};

const timeline = {
  leaf: order.leaf,
  zone: 'UTC',
  items: [],
  next: null,
  erasure: null,
  parked: null,
};

function timesOf(...changes: readonly Partial<TimelineItem>[]): readonly string[] {
  const items = changes.map((change) => ({ ...entry, ...change }));
  const lines = timelineView(order, { ...timeline, items });
  return lines.slice(-items.length).map((line) => line.slice(0, line.indexOf('Ordered')).trim());
}

describe('a timeline in words', () => {
  it('tells each time as exactly as it is known', () => {
    const unknown = { local: null, precision: 'unknown' };
    expect(
      timesOf(
        {},
        { precision: 'minute' },
        { local: '2026-03-02', precision: 'date' },
        { ...unknown, notBefore: '2026-03-01T00:00:00.000Z' },
        { ...unknown, notAfter: '2026-03-03T00:00:00.000Z' },
        unknown,
      ),
    ).toEqual([
      '2026-03-02 08:00:00',
      '2026-03-02 08:00',
      '2026-03-02',
      'after 2026-03-01 00:00:00',
      'before 2026-03-03 00:00:00',
      'unknown',
    ]);
  });

  it('names only the amounts there are, in their currency', () => {
    const [title, amounts] = timelineView(order, timeline);
    expect(title).toBe('order-shop:1: partly delivered, next: carrier');
    expect(amounts).toBe('ordered 1,234.50 EUR, captured 0.05 EUR, promised for 2026-03-04');
  });
});

describe('a parked key', () => {
  const notice = {
    key: 'order-shop:1',
    since: '2026-03-02T08:00:00.000Z',
    sinceSequence: 7,
    code: 'event_unreadable',
    message: 'The event e1 (Odd) at revision 1 of order-shop:1 cannot be read: nobody knows Odd',
    events: 2,
  } as const;

  it('is told first, before what lacks its events', () => {
    const lines = timelineView(order, { ...timeline, parked: notice });
    expect(lines.slice(0, 2)).toEqual([
      'PARKED since 2026-03-02T08:00:00.000Z: 2 events of order-shop:1 are not in this (event_unreadable).',
      `  ${notice.message}`,
    ]);
  });

  it('is listed with what is wrong, beside what was left out before', () => {
    expect(parkedView({ keys: [], resolutions: [] })).toEqual(['Nothing is parked.']);
    const resolution = {
      eventId: 'e0',
      decision: 'skip',
      reason: 'a test delivery',
      decidedBy: 'finance',
      leaf: 'order-shop:0',
      revision: 1,
      key: 'order-shop:0',
      decidedAt: '2026-03-01T08:00:00.000Z',
    } as const;
    const keys = [{ ...notice, eventId: 'e1', first: [] }];
    const text = parkedView({ keys, resolutions: [resolution] }).join('\n');
    expect(text).toContain('nobody knows Odd');
    expect(text).toContain('a test delivery');
  });

  it('tells what a retry did', () => {
    const retried = { outcome: 'retried', applied: 2, skipped: 0, stillParked: 0 } as const;
    expect(retryLine('k', retried)).toBe('k: 2 events applied, none parked any more.');
    expect(retryLine('k', { ...retried, stillParked: 1, code: 'waits', message: 'why' })).toBe(
      'k: 2 events applied, 1 stay parked (waits): why',
    );
    expect(retryLine('k', { outcome: 'pending' })).toContain('no projector has done it yet');
  });
});

describe('a trial balance', () => {
  it('puts each account under its legal entity and currency, with the total', () => {
    const sums = { legalEntity: 'e', currency: 'JPY', debitMinor: '1500', creditMinor: '1500' };
    const lines = trialBalanceView({
      items: [
        { ...sums, account: 'contract', creditMinor: '0' },
        { ...sums, account: 'contract', currency: 'EUR' },
      ],
      totals: [sums],
      next: null,
      sequence: 1_200,
      position: null,
      parked: { keys: 1, events: 3 },
    });
    expect(lines.at(-1)).toBe(
      'As of 1,200 events; 3 of them are PARKED under 1 keys and not in this.',
    );
    expect(lines.slice(1, -1).map((line) => line.split(/ {2,}/))).toEqual([
      ['e', 'contract', '1,500 JPY', '0 JPY', '1,500 JPY'],
      ['e', 'total', '1,500 JPY', '1,500 JPY', '0 JPY'],
    ]);
  });
});

describe('a verification', () => {
  const applied = { events: 2, digestSum: 'ab' };
  const equal = {
    mode: 'full',
    outcome: 'equal',
    position: undefined,
    applied,
    stored: applied,
    parkedEvents: 0,
    skippedEvents: 0,
    categories: [],
    repeated: 0,
    rowsCompared: 5,
    differencesTotal: 0,
    differences: [],
  } as const;

  it('says what was checked where nothing differs', () => {
    expect(verificationView(equal)).toContain('No difference.');
  });

  it('says that other events were applied than the ledger holds, though no row differs', () => {
    const report = {
      ...equal,
      outcome: 'different',
      applied: { events: 1, digestSum: 'a' },
    } as const;
    expect(verificationView(report).join('\n')).toContain('1 events, digest sum a: NOT the same.');
  });

  it('says how much of what was applied is parked or left out', () => {
    const lines = verificationView({ ...equal, parkedEvents: 2, skippedEvents: 1 });
    expect(lines).toContain('2 of them are parked and in no row yet: see daybook parked list.');
    expect(lines).toContain('1 of them are left out by a recorded decision.');
  });

  it('of sums alone says that rows were not looked at', () => {
    const { applied: same } = equal;
    const report = {
      mode: 'sums',
      outcome: 'equal',
      position: undefined,
      applied: same,
      stored: same,
      parkedEvents: 0,
      skippedEvents: 0,
      categoriesCompared: 3,
      categories: [],
      events: [],
      eventsTotal: 0,
    } as const;
    expect(verificationView(report).at(-1)).toBe(
      'Sums of 3 categories: no difference. The rows themselves were not looked at; ' +
        'daybook verify --full derives each again.',
    );
    const lines = verificationView({
      ...report,
      outcome: 'different',
      applied: { events: 1, digestSum: 'a' },
      categories: [{ category: 'order', applied: { events: 0, digestSum: '0' }, stored: same }],
      events: [{ kind: 'missing_event', leaf: 'order-shop:1', revision: 2, eventId: 'e1' }],
      eventsTotal: 1,
    });
    expect(lines).toContain('  category order: 0 applied, 2 in the store');
    expect(lines).toContain('  missing event e1 of order-shop:1, revision 2');
  });

  it('names where a row differs and what stands there', () => {
    const difference = {
      kind: 'differing_column',
      table: 'order_timeline_v1_g1.order_header',
      primaryKey: { order_leaf: 'order-shop:1' },
      subject: 'order-shop:1',
      revision: '3',
      column: 'captured_minor',
      expected: '5',
      found: null,
    } as const;
    const report = {
      ...equal,
      outcome: 'different',
      differencesTotal: 7,
      differences: [difference],
    };
    expect(verificationView({ ...report, outcome: 'different' }).slice(-5)).toEqual([
      '7 differences, the first 1:',
      'differing column in order_timeline_v1_g1.order_header (order_leaf=order-shop:1)',
      '  from order-shop:1, revision 3',
      '  captured_minor: expected 5',
      '  captured_minor: found    null',
    ]);
  });
});

describe('what became of deliveries', () => {
  it('is counted, with the reasons of what was not recorded', () => {
    const lines = tallyView(
      {
        recorded: 1_000,
        repeated: 2,
        quarantined: 1,
        refused: 0,
        faults: [{ id: 'd1', code: 'time_missing', message: 'No time.' }],
      },
      2,
    );
    expect(lines).toContain('recorded     1,000');
    expect(lines.slice(-2)).toEqual([
      '2.0 seconds, 502 a second.',
      'not recorded: d1 time_missing No time.',
    ]);
  });
});
