import { rm } from 'node:fs/promises';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRunningDaybook } from '../doubles/running-daybook.js';
import { type DeliveryFault, projectWithFault } from './changed-delivery.js';
import { databaseText, VerifiedLedger } from './verified-ledger.js';

const seed = 11;
const deliveries = 400;

let ledger: VerifiedLedger;

beforeAll(async () => {
  ledger = await VerifiedLedger.import({ seed, events: deliveries });
});
afterAll(async () => {
  await ledger.remove();
});

/** A copy of the imported database, and what it holds of one entry of the timeline. */
async function givenCopy(): Promise<{ url: string; pool: Pool; entry: Entry }> {
  const url = await ledger.copyOfDatabase();
  const pool = ledger.pool(url);
  return { url, pool, entry: await lastCaptureOf(pool) };
}

interface Entry {
  readonly subject: string;
  readonly event_id: string;
  readonly leaf: string;
  readonly revision: string;
  readonly account: string;
}

/** The last capture: few events come behind it, whose rows tell their place among all events too. */
async function lastCaptureOf(pool: Pool): Promise<Entry> {
  const { rows } = await pool.query<Entry>(
    `SELECT subject, event_id, leaf, revision, account FROM order_timeline_v1_g1.entry
     WHERE type = 'OrderCaptured' ORDER BY sequence DESC LIMIT 1`,
  );
  return rows[0]!;
}

const entryKey = ({ subject, event_id }: Entry) => `(subject=${subject}, event_id=${event_id})`;
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

describe(`verification of ${deliveries} deliveries (seed ${seed})`, () => {
  it('finds tables that nobody touched equal, and changes nothing in the database', async () => {
    const { url, pool } = await givenCopy();
    const before = await databaseText(pool);

    const { exitCode, answer } = await ledger.verify(url);

    expect(exitCode).toBe(0);
    expect(answer).toContain('Applied to the tables: the same events.');
    expect(answer).toMatch(/\nNo difference\.\n$/);
    expect(await databaseText(pool)).toBe(before);
  });

  it('names the table, key, subject and column of an amount that was altered, and both amounts', async () => {
    const { url, pool } = await givenCopy();
    const { rows } = await pool.query<
      Record<'entry_id' | 'line_number' | 'subject' | 'now', string>
    >(
      `UPDATE erp_postings_v1_g1.proposed_line AS line SET debit_minor = line.debit_minor + 1
       FROM erp_postings_v1_g1.proposed_entry AS entry
       WHERE entry.entry_id = line.entry_id AND (line.entry_id, line.line_number) = (
         SELECT entry_id, line_number FROM erp_postings_v1_g1.proposed_line ORDER BY 1, 2 LIMIT 1)
       RETURNING line.entry_id, line.line_number::text, entry.subject, line.debit_minor::text AS now`,
    );
    const { entry_id: entryId, line_number: lineNumber, subject, now } = rows[0]!;

    const { exitCode, answer } = await ledger.verify(url);

    expect(exitCode).toBe(1);
    expect(answer).toContain(
      lines(
        '1 differences:',
        `differing column in erp_postings_v1_g1.proposed_line (entry_id=${entryId}, line_number=${lineNumber})`,
        `  from ${subject}`,
        `  debit_minor: expected ${BigInt(now) - 1n}`,
        `  debit_minor: found    ${now}`,
      ),
    );
  });

  it('names the revision too where the altered row stems from one event', async () => {
    const { url, pool, entry } = await givenCopy();
    await pool.query(
      "UPDATE order_timeline_v1_g1.entry SET account = 'Nothing' WHERE (subject, event_id) = ($1, $2)",
      [entry.subject, entry.event_id],
    );

    const { exitCode, answer } = await ledger.verify(url);

    expect(exitCode).toBe(1);
    expect(answer).toContain(
      lines(
        '1 differences:',
        `differing column in order_timeline_v1_g1.entry ${entryKey(entry)}`,
        `  from ${entry.leaf}, revision ${entry.revision}`,
        `  account: expected ${entry.account}`,
        '  account: found    Nothing',
      ),
    );
  });

  it('names a row that was deleted', async () => {
    const { url, pool } = await givenCopy();
    const { rows } = await pool.query<{ order_leaf: string; line: string }>(
      `DELETE FROM order_timeline_v1_g1.order_line WHERE (order_leaf, line) =
         (SELECT order_leaf, line FROM order_timeline_v1_g1.order_line ORDER BY 1, 2 LIMIT 1)
       RETURNING order_leaf, line`,
    );
    const { order_leaf: orderLeaf, line } = rows[0]!;

    const { exitCode, answer } = await ledger.verify(url);

    expect(exitCode).toBe(1);
    expect(answer).toContain(
      lines(
        '1 differences:',
        `missing row in order_timeline_v1_g1.order_line (order_leaf=${orderLeaf}, line=${line})`,
        `  from ${orderLeaf}`,
      ),
    );
  });

  it('names a row that nothing accounts for', async () => {
    const { url, pool, entry } = await givenCopy();
    await pool.query(
      `CREATE TEMPORARY TABLE extra AS
         SELECT * FROM order_timeline_v1_g1.entry WHERE (subject, event_id) = ('${entry.subject}', '${entry.event_id}');
       UPDATE extra SET event_id = 'invented', revision = 7;
       INSERT INTO order_timeline_v1_g1.entry SELECT * FROM extra`,
    );

    const { exitCode, answer } = await ledger.verify(url);

    expect(exitCode).toBe(1);
    expect(answer).toContain(
      lines(
        '1 differences:',
        `extra row in order_timeline_v1_g1.entry ${entryKey({ ...entry, event_id: 'invented' })}`,
        `  from ${entry.leaf}, revision 7`,
      ),
    );
  });

  it('tells programs all of it as JSON', async () => {
    const { url, pool, entry } = await givenCopy();
    await pool.query(
      "UPDATE order_timeline_v1_g1.entry SET account = 'Nothing' WHERE (subject, event_id) = ($1, $2)",
      [entry.subject, entry.event_id],
    );

    const { exitCode, answer } = await ledger.verify(url, '--json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(answer)).toMatchObject({
      outcome: 'different',
      differencesTotal: 1,
      differences: [
        {
          kind: 'differing_column',
          table: 'order_timeline_v1_g1.entry',
          primaryKey: { subject: entry.subject, event_id: entry.event_id },
          subject: entry.leaf,
          revision: entry.revision,
          column: 'account',
          expected: entry.account,
          found: 'Nothing',
        },
      ],
    });
  });
});

describe('verification of tables whose projector was given something else than the store holds', () => {
  /** Projects into an empty database, and verifies it against the store as it is. */
  async function verifyAfter(fault: (entry: Entry) => DeliveryFault, moreEvents: number) {
    const imported = await givenCopy();
    const { rows } = await imported.pool.query<{ sequence: string }>(
      'SELECT sequence FROM projection_engine.checkpoint',
    );
    const stored = Number(rows[0]!.sequence);
    const url = await ledger.newDatabase();
    await projectWithFault(
      ledger.dataDirectory,
      ledger.pool(url),
      fault(imported.entry),
      stored + moreEvents,
    );
    return { ...imported, ...(await ledger.verify(url)), stored };
  }

  it('names the rows of an event that was left out', async () => {
    const { entry, stored, exitCode, answer } = await verifyAfter(
      ({ event_id: skipped }) =>
        (event) =>
          event.eventId === skipped ? [] : [event],
      -1,
    );

    expect(exitCode).toBe(1);
    expect(answer).toContain(`Applied to the tables: ${stored - 1} events`);
    expect(answer).toContain(
      lines(
        `missing row in order_timeline_v1_g1.entry ${entryKey(entry)}`,
        `  from ${entry.leaf}, revision ${entry.revision}`,
      ),
    );
    expect(answer).toMatch(
      new RegExp(`differing column in order_timeline_v1_g1.order_header .*${entry.leaf}`),
    );
  });

  it('tells that an event was applied twice by the events behind it, since its own rows are right', async () => {
    const { stored, exitCode, answer } = await verifyAfter(
      ({ event_id: repeated }) => againBeforeTheLast(repeated, repeated),
      1,
    );

    expect(exitCode).toBe(1);
    expect(answer).toContain(`Applied to the tables: ${stored + 1} events`);
    expect(answer).toContain('\n2 differences:\n');
    expect(answer).toMatch(/\n  from [^ ]+, revision \d+\n  sequence: expected (\d+)\n/);
    expect(answer).toContain(
      lines(`  sequence: expected ${stored - 1}`, `  sequence: found    ${stored}`),
    );
  });

  it('names the rows of an event that was applied a second time under another id', async () => {
    const copy = '00000000-0000-5000-8000-000000000000';
    const { entry, exitCode, answer } = await verifyAfter(
      ({ event_id: repeated }) => againBeforeTheLast(repeated, copy),
      1,
    );

    expect(exitCode).toBe(1);
    expect(answer).toContain(
      lines(
        `extra row in order_timeline_v1_g1.entry ${entryKey({ ...entry, event_id: copy })}`,
        `  from ${entry.leaf}, revision ${entry.revision}`,
      ),
    );
  });

  /** Delivers an event once more, under an id, at a position just before the store's last event. */
  function againBeforeTheLast(repeated: string, id: string): DeliveryFault {
    let again: Parameters<DeliveryFault>[0] | undefined;
    return (event, tail) => {
      if (event.eventId === repeated) again = event;
      if (event.eventId !== tail?.eventId || again === undefined) return [event];
      const { commit, prepare } = event.position;
      const position = { commit: commit - 1n, prepare: prepare - 1n };
      return [{ ...again, eventId: id, position }, event];
    };
  }
});

describe('a start with stores that do not belong together', () => {
  async function refusalOf(dataDirectory: string, url: string): Promise<string> {
    const environment = { DATABASE_URL: url };
    return startRunningDaybook({ dataDirectory, environment }).then(
      async (daybook) => {
        await daybook.end();
        return 'It started.';
      },
      (error: Error) => error.message,
    );
  }

  it('is refused where the database is another ledger’s, and leaves it as it was', async () => {
    const other = await startRunningDaybook({
      environment: { DATABASE_URL: await ledger.newDatabase() },
    });
    await other.end();
    const { url, pool } = await givenCopy();
    const before = await databaseText(pool);

    const refusal = await refusalOf(other.dataDirectory, url);

    expect(refusal).toMatch(
      /exit code 3[^]*The database belongs to the ledger [^]* and the event store holds [^]*check the data directory/,
    );
    expect(await databaseText(pool)).toBe(before);
    await rm(other.dataDirectory, { recursive: true });
  });

  it('is refused where the event store is older than the read models, and leaves both as they were', async () => {
    const { url, pool } = await givenCopy();
    const dataDirectory = await ledger.copyOfDataDirectory(ledger.olderEventStore);
    const before = await databaseText(pool);

    const refusal = await refusalOf(dataDirectory, url);

    expect(refusal).toMatch(/exit code 3[^]*store_behind_checkpoint[^]*Start with the newer/);
    expect(await databaseText(pool)).toBe(before);
  });
});
