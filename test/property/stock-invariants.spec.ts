import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backordersOf,
  movingEventsOf,
  reservationsOf,
  softReservationsOf,
  stockMovesOf,
  type SubjectView,
  subjectViewOf,
  reportOf,
  transferLinesOf,
  returnsOf,
} from '#domain';
import type { AnyLedgerEvent } from '#events';
import { fullFold, plainReference } from '../fixtures/full-fold.js';
import { randomHistory } from '../fixtures/history.js';
import { Random } from '../fixtures/random.js';

const numRuns = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 1_000 : 10;

/** Everything in one view, so that all that belongs together is judged together. */
function viewOf(events: readonly AnyLedgerEvent[]): SubjectView {
  const reports = events.map((event) => reportOf(event, plainReference));
  const homes = new Map<string, typeof reports>();
  for (const report of reports) {
    homes.set(report.keys.home, [...(homes.get(report.keys.home) ?? []), report]);
  }
  return subjectViewOf(
    { subject: 'everything', homes, referenceHomes: new Map(), absorbed: [] },
    plainReference,
  );
}

/** Judges histories, each also in another order and with repeats. */
function always(check: (view: SubjectView, history: readonly AnyLedgerEvent[]) => void): void {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const history = randomHistory(seed);
      check(viewOf(history), history);
    }),
    { numRuns },
  );
}

/** The rows of a table of stock, by the names of its columns. */
function rowsOf(table: string, history: readonly AnyLedgerEvent[]) {
  return [...(fullFold(history).get(`inventory_reservations.${table}`)?.values() ?? [])];
}

describe('stock', () => {
  it('is on hand what its buckets hold, and changes by what comes, goes, is put right or is gone', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const history = randomHistory(seed, 2);
        const rows = rowsOf('stock', history);
        for (const [, , , , , sellable, control, damaged, other, onHand] of rows) {
          const buckets = [sellable, control, damaged, other].map((units) => BigInt(String(units)));
          expect(buckets.reduce((sum, units) => sum + units, 0n)).toBe(BigInt(String(onHand)));
        }
        const held = rows.reduce(
          (sum, row) => sum + BigInt(String(row[9])) + BigInt(String(row[10])),
          0n,
        );
        expect(held).toBe(changeOf(history));
      }),
      { numRuns },
    );
  });
  it('is moved by a bucket move and a transfer without becoming more or less', () => {
    always((view) => {
      for (const event of movingEventsOf(view)) {
        const change = stockMovesOf(event).reduce((sum, { qty }) => sum + qty, 0);
        const isTransfer = 'cause' in event.data && event.data.cause === 'transfer';
        if (event.type === 'StockBucketMoved' || isTransfer) expect(change).toBe(0);
        else expect(change).not.toBe(0);
      }
    });
  });
});

/** Units by which effective facts change what all nodes hold and have under way. */
function changeOf(history: readonly AnyLedgerEvent[]): bigint {
  const view = viewOf(history);
  const sumOf = (type: 'StockReceived' | 'StockIssued' | 'StockWrittenOff') =>
    view
      .effective(type)
      .filter(({ event: { data } }) => !('cause' in data) || data.cause !== 'transfer')
      .reduce((sum, { event }) => sum + BigInt(event.data.qty), 0n);
  const adjusted = view
    .effective('StockAdjusted')
    .reduce((sum, { event }) => sum + BigInt(event.data.delta), 0n);
  return sumOf('StockReceived') - sumOf('StockIssued') - sumOf('StockWrittenOff') + adjusted;
}

describe('what is promised of stock', () => {
  it('is the sum of its parts, each of them from zero to the whole', () => {
    always((view) => {
      for (const { allocated, deallocated, issued, open } of reservationsOf(view)) {
        expectParts(allocated, [deallocated, issued, open]);
      }
      for (const { reserved, released, converted, open } of softReservationsOf(view)) {
        expectParts(reserved, [released, converted, open]);
      }
      for (const { backordered, filled, released, open } of backordersOf(view)) {
        expectParts(backordered, [filled, released, open]);
      }
    });
  });
});

describe('what is under way or comes back', () => {
  it('is what was sent less what came and what was given up', () => {
    always((view) => {
      for (const { issued, received, writtenOff, inTransit } of transferLinesOf(view)) {
        expect(issued).toBe(received + writtenOff + inTransit);
      }
    });
  });
  it('is received, missing and settled in parts that add up', () => {
    always((view) => {
      for (const line of returnsOf(view, new Set(view.homes.keys())).flatMap(
        ({ lines }) => lines,
      )) {
        const { expected, received, missing, restocked, damaged, processing, destroyed } = line;
        expect(received + missing).toBe(Math.max(expected, received));
        const settled = restocked + damaged + processing + destroyed;
        expect(settled + line.open).toBe(Math.max(settled, received));
      }
    });
  });
});

describe('the same facts', () => {
  it('in any order and with repeats come to the same stock', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, order) => {
        const history = randomHistory(seed, 2);
        const random = new Random(order);
        const arrived = random.shuffled([...history, ...history.filter(() => random.chance(0.3))]);
        for (const table of ['stock', 'soft_reservation', 'incoming_stock', 'transfer_line']) {
          expect(new Set(rowsOf(table, arrived).map(String))).toEqual(
            new Set(rowsOf(table, history).map(String)),
          );
        }
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });
});

function expectParts(whole: number, parts: readonly number[]): void {
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
  expect(parts.every((part) => part >= 0)).toBe(true);
}
