import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData } from '#events';
import { leafOf } from '#kernel';
import type { Completeness } from '../../projections/source-control/v1/completeness.js';
import {
  listCompleteness,
  readAuthorityRules,
} from '../../projections/source-control/v1/queries.js';
import { ReadModels } from '../../apps/daybook/src/http/reads/read-models.js';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { euro, fact } from '../fixtures/facts.js';
import { projectedTables } from '../fixtures/projected-tables.js';
import { Random } from '../fixtures/random.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const tickets = isDeep ? 800 : 30;
const shuffles = isDeep ? 20 : 1;
const till = 'pos.store_7';
const day = '2026-03-10';
const yesterday = '2026-03-09';

function counted(number: number, span?: string) {
  const sourceCount = { numberRange: 'receipts', sequence: number };
  return {
    account: till,
    sourceCount: span === undefined ? sourceCount : { ...sourceCount, span },
  };
}

/** A ticket is an order and its payment; both tell of one receipt. */
function ticket(number: number, at: string, span?: string): readonly AnyLedgerEvent[] {
  const order = leafOf('order', [till, String(number)]);
  const sold = fact(
    'OrderCaptured',
    order,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: 'walk-in' },
      channel: 'pos',
      lines: [
        {
          line: '1',
          kind: 'goods',
          sku: 'A',
          qty: 1,
          uom: 'each',
          gross: euro(1_000),
          discount: euro(0),
          taxes: [],
        },
      ],
    },
    { ...counted(number, span), at },
  );
  const paid = fact(
    'PaymentCaptured',
    leafOf('payment', [till, String(number)]),
    {
      tender: 'cash',
      amount: euro(1_000),
      legalEntity: 'de01',
      capture: String(number),
      orderRefs: [{ order, amount: euro(1_000) }],
    },
    { ...counted(number, span), at },
  );
  return [sold, paid];
}

function total(more: Partial<EventData<'SourceControlTotalReceived'>>, version = '1', span = day) {
  return fact(
    'SourceControlTotalReceived',
    leafOf('source', [till, span]),
    { reporter: till, span, records: tickets, numberRange: 'receipts', ...more },
    { account: till, version, at: `${day}T22:00:00.000Z` },
  );
}

const declared = (records: number, minor: number) => ({
  records,
  firstSequence: 1,
  lastSequence: tickets,
  sums: [{ eventType: 'PaymentCaptured', records, amount: euro(minor) }],
});

const sale = (number: number) => ticket(number, `${day}T12:00:00.000Z`);
const all = Array.from({ length: tickets }, (_, index) => sale(index + 1)).flat();

describe("a source's own totals", () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    pool = openPool({ connectionString: postgres.connectionString });
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  async function completeness(events: readonly AnyLedgerEvent[]): Promise<readonly Completeness[]> {
    const { verified } = await projectedTables(pool, events, 100);
    expect(verified).toBe('equal');
    return (await page({ limit: 10 })).spans;
  }

  async function page(slice: Parameters<typeof listCompleteness>[2], factsMax?: number) {
    const client = await pool.connect();
    try {
      await client.query('SET search_path TO source_control_v1_g1');
      return await listCompleteness(client, { source: till }, slice, factsMax);
    } finally {
      await client.query('RESET search_path');
      client.release();
    }
  }

  it('match what is held where all of it came, a receipt of several facts once', async () => {
    const [row] = await completeness([...all, total(declared(tickets, tickets * 1_000))]);
    expect(row).toMatchObject({
      account: till,
      span: day,
      numberRange: 'receipts',
      state: 'matched',
      heldRecords: tickets,
      numbers: { first: 1, last: tickets, held: tickets, missing: 0, beyond: 0, gaps: [] },
      sums: [{ heldRecords: tickets, heldMinor: String(tickets * 1_000), matches: true }],
    });
  });
  it('name the number that is missing, whatever came first and however often', async () => {
    const missing = tickets - 7;
    const lost = new Set(sale(missing).map(({ eventId }) => eventId));
    const history = [
      ...all.filter(({ eventId }) => !lost.has(eventId)),
      total(declared(tickets, tickets * 1_000)),
    ];
    const [straight] = await completeness(history);
    expect(straight).toMatchObject({
      state: 'differs',
      heldRecords: tickets - 1,
      numbers: { missing: 1, gaps: [{ from: missing, to: missing }] },
      sums: [{ declaredRecords: tickets, heldRecords: tickets - 1, matches: false }],
    });
    for (let seed = 1; seed <= shuffles; seed += 1) {
      const shuffled = new Random(seed).shuffled(history);
      expect(await completeness(shuffled), `seed ${seed}`).toEqual([straight]);
    }
  });
  it('take what was corrected away out of the sums, and keep its number', async () => {
    const [, paid] = sale(3);
    const { leaf, eventId, type } = paid!;
    const voided = fact(
      'EventCorrected',
      leaf,
      { target: { leaf, eventId, type }, correction: 'void', reason: 'did_not_occur' },
      { account: till, sourceCount: { span: day, numberRange: 'receipts', sequence: tickets + 1 } },
    );
    const [row] = await completeness([
      voided,
      ...all,
      total({
        ...declared(tickets - 1, (tickets - 1) * 1_000),
        records: tickets + 1,
        lastSequence: tickets + 1,
      }),
    ]);
    expect(row).toMatchObject({ state: 'matched', corrected: 1, heldRecords: tickets + 1 });
  });
  it('stand beside rules of authority, which may have any rank', async () => {
    const rank = Number.MAX_SAFE_INTEGER;
    const rule = { eventType: 'OrderCaptured', reporter: till, rank, validFrom: day };
    const set = fact('SourceAuthoritySet', leafOf('authority', ['OrderCaptured', till]), rule);
    expect((await projectedTables(pool, [set], 1)).verified).toBe('equal');
    const client = await pool.connect();
    try {
      await client.query('SET search_path TO source_control_v1_g1');
      expect(await readAuthorityRules(client)).toMatchObject([{ account: till, rank }]);
    } finally {
      await client.query('RESET search_path');
      client.release();
    }
  });
  it('may be told again, and the highest version counts', async () => {
    const history = [
      total(declared(tickets, tickets * 1_000), '2'),
      ...all,
      total(declared(tickets - 1, 0), '1'),
    ];
    expect((await completeness(history))[0]).toMatchObject({ state: 'matched' });
  });
  it('count a record in the business day its source names, and else in that of its own clock', async () => {
    const late = ticket(tickets + 1, `${day}T00:30:00.000Z`, yesterday);
    const rows = await completeness([...all, ...late, total(declared(tickets, tickets * 1_000))]);
    expect(rows.map(({ span, state, heldRecords }) => [span, state, heldRecords])).toEqual([
      [yesterday, 'total_missing', 1],
      [day, 'matched', tickets],
    ]);
  });
  it('tell a range of numbers without a total beside one that has one, with its gaps', async () => {
    const returns = (sequence: number) =>
      ticket(1_000 + sequence, `${day}T12:00:00.000Z`).map((event) => ({
        ...event,
        arrival: {
          ...event.arrival,
          sourceCount: { span: day, numberRange: 'returns', sequence },
        },
      })) as unknown as readonly AnyLedgerEvent[];
    const rows = await completeness([
      ...all,
      ...returns(1),
      ...returns(4),
      total(declared(tickets, tickets * 1_000)),
    ]);
    expect(rows).toMatchObject([
      { numberRange: 'receipts', state: 'matched' },
      {
        numberRange: 'returns',
        state: 'total_missing',
        numbers: { held: 2, missing: 2, gaps: [{ from: 2, to: 3 }] },
      },
    ]);
    const cut = await page({ limit: 10 }, 1);
    expect(cut).toMatchObject({ spans: [{ numberRange: 'receipts' }], isCut: true });
    const rest = await page({ limit: 10, after: [till, day, 'receipts'] }, 1);
    expect(rest).toMatchObject({ spans: [{ numberRange: 'returns' }], isCut: false });
  });
  it('are refused by name where another release built what is read', async () => {
    await completeness(all.slice(0, 2));
    await pool.query('DROP TABLE source_control_v1_g1.source_total');
    const readModels = new ReadModels(pool, 'daybook');
    const reading = readModels.snapshot((client) => listCompleteness(client, {}, { limit: 10 }));
    await expect(reading).rejects.toMatchObject({
      parts: { code: 'read_models_of_other_release' },
    });
  });
});
