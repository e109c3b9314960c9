import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from 'pg';
import { sha256Hex } from '#kernel';
import { PostgresDataKeyStore } from '#personal-data';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { orderCaptured, stockReceived } from './deliveries.js';
import { FaultyEventStore } from './faulty-event-store.js';
import { eventsOf, RecordingBench } from './recording-bench.js';
import { openPool } from '../../doubles/open-pool.js';
import { StoppablePostgres } from '../../doubles/stoppable-postgres.js';

const place = { sku: 'mug', node: 'berlin' };
const leaf = 'inventory-mug:berlin';

describe('recording facts', () => {
  let bench: RecordingBench;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('writes a fact once, and answers the same delivery with its first outcome', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const given = stockReceived(place, 'first', 5);

    const [first] = await recorder.recordFacts([given]);
    const [again] = await recorder.recordFacts([given]);

    expect(first).toMatchObject({ outcome: 'recorded', leaf, revision: 0 });
    expect(again).toMatchObject({ outcome: 'repeated', leaf, revision: 0 });
    expect(await eventsOf(store, leaf)).toHaveLength(1);
    const kept = await recorder.openDelivery(given);
    expect(kept).toMatchObject({ digest: sha256Hex(given.rawBody), repeats: 1 });
    expect(kept?.body.toString()).toBe(Buffer.from(given.rawBody).toString());
  });

  it('answers a delivery whose outcome is still to be written as a repeat, in any process', async () => {
    const store = new InMemoryEventStore();
    const given = stockReceived(place, 'unwritten', 5);
    const [first] = await bench.recorder(store).recordFacts([given]);
    const [again] = await bench.recorder(store).recordFacts([given]);

    expect(first).toMatchObject({ outcome: 'recorded', leaf, revision: 0 });
    expect(again).toMatchObject({ outcome: 'repeated', leaf, revision: 0 });
  });

  it('is settled once what is still on its way is answered and its outcome written', async () => {
    const recorder = bench.recorder(new InMemoryEventStore());
    const given = stockReceived(place, 'under way', 5);
    const recording = recorder.recordFacts([given]);
    await recorder.settled();

    const { rows } = await bench.pool.query<{ outcome: object | null }>(
      'SELECT outcome FROM kept.delivery WHERE delivery_id = $1',
      [given.deliveryId],
    );
    expect(rows).toMatchObject([{ outcome: { leaf } }]);
    await recording;
  });

  it('stamps an event with the digest of its raw bytes and with who recorded it', async () => {
    const store = new InMemoryEventStore();
    const given = stockReceived(place, 'stamped', 5);
    await bench.recorder(store).recordFacts([given]);

    const [event] = await eventsOf(store, leaf);
    expect(event?.metadata).toMatchObject({
      kind: 'fact',
      account: 'wms.berlin',
      deliveryDigest: sha256Hex(given.rawBody),
      recordedBy: 'specification',
      translatorVersion: 'cloudevents 1',
      schemaVersion: 1,
    });
  });

  it('knows a fact that comes again under another delivery id, in any process', async () => {
    const store = new InMemoryEventStore();
    await bench.recorder(store).recordFacts([stockReceived(place, 'twice', 5)]);

    const other = bench.recorder(store);
    const [again] = await other.recordFacts([stockReceived(place, 'twice', 5)]);

    expect(again).toMatchObject({ outcome: 'repeated', revision: 0 });
    expect(await eventsOf(store, leaf)).toHaveLength(1);
    expect(other.counters).toMatchObject({ appended: 0, repeated: 1, conflicts: 1 });
  });

  it('records another statement of one report instead of refusing it', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const outcomes = await recorder.recordFacts([
      stockReceived(place, 'contradicted', 5),
      stockReceived(place, 'contradicted', 6),
    ]);

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
  });

  it('quarantines a delivery id that is used again for other bytes', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const [first, , third] = await recorder.recordFacts([
      stockReceived(place, 'r1', 5, { id: 'reused' }),
      stockReceived(place, 'r1', 5, { id: 'other' }),
      stockReceived(place, 'r2', 9, { id: 'reused' }),
    ]);
    const [later] = await recorder.recordFacts([stockReceived(place, 'r3', 1, { id: 'reused' })]);

    expect(first?.outcome).toBe('recorded');
    expect(third).toMatchObject({ outcome: 'quarantined', code: 'delivery_id_reused' });
    expect(later).toMatchObject({ outcome: 'quarantined', code: 'delivery_id_reused' });
    expect(await eventsOf(store, leaf)).toHaveLength(1);
  });

  it('writes the facts of one call in their order, as few appends as the limits allow', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store, { limits: { appendEventsMax: 40 } });
    const given = Array.from({ length: 100 }, (_, index) =>
      stockReceived(place, `ordered-${index}`, 1),
    );

    const outcomes = await recorder.recordFacts(given);

    expect(outcomes.map((outcome) => 'revision' in outcome && outcome.revision)).toEqual(
      given.map((_, index) => index),
    );
    expect(recorder.counters).toMatchObject({ appends: 3, appended: 100 });
  });

  it('bounds an append by its bytes', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store, { limits: { appendDataBytesMax: 1_000 } });
    await recorder.recordFacts(
      Array.from({ length: 20 }, (_, index) => stockReceived(place, `bytes-${index}`, 1)),
    );

    expect(recorder.counters.appended).toBe(20);
    expect(recorder.counters.appends).toBeGreaterThan(2);
  });

  it('lets one event that the store refuses fail alone', async () => {
    const memory = new InMemoryEventStore();
    const store = new FaultyEventStore(memory);
    const append = store.append.bind(store);
    store.append = async (request) =>
      request.events.some(({ data }) => JSON.stringify(data).includes('too-large'))
        ? { outcome: 'refused', code: 'append_too_large', message: 'Too large for this store.' }
        : append(request);
    const recorder = bench.recorder(store);
    const names = ['a', 'b', 'too-large', 'c', 'd'];
    const outcomes = await recorder.recordFacts(
      names.map((name) => stockReceived(place, `refused-${name}`, 1)),
    );

    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'recorded',
      'recorded',
      'refused',
      'recorded',
      'recorded',
    ]);
  });

  it('completes a delivery that was kept and never appended', async () => {
    const memory = new InMemoryEventStore();
    const store = new FaultyEventStore(memory);
    store.plan('request_lost', 'request_lost', 'request_lost');
    const given = stockReceived(place, 'crashed', 5);
    const [lost] = await bench
      .recorder(store, { limits: { unknownRoundsMax: 2 } })
      .recordFacts([given]);
    expect(lost).toMatchObject({ outcome: 'unavailable', code: 'event_store_unavailable' });
    expect((await bench.recorder(store).openDelivery(given))?.outcome).toBeNull();

    const later = bench.recorder(store);
    const [sent] = await later.recordFacts([given]);

    expect(sent).toMatchObject({ outcome: 'recorded', revision: 0 });
    expect((await later.openDelivery(given))?.outcome).toMatchObject({ leaf });
  });

  it('accepts nothing while the database cannot be reached', async () => {
    const store = new InMemoryEventStore();
    const pool = openPool({ connectionString: 'postgres://nobody@127.0.0.1:9/none' });
    const recorder = bench.recorder(store, { pool });
    const given = stockReceived(place, 'no-database', 5);

    const [fact] = await recorder.recordFacts([given]);
    const quarantined = await recorder.quarantine([
      { ...given, code: 'envelope_invalid', message: 'No.' },
    ]);

    expect(fact).toMatchObject({ outcome: 'unavailable', code: 'evidence_store_unavailable' });
    expect(quarantined).toMatchObject({ outcome: 'unavailable' });
    expect(await eventsOf(store, leaf)).toEqual([]);
    await pool.end();
  });

  it('turns work away above its limit instead of gathering it without end', async () => {
    const recorder = bench.recorder(new InMemoryEventStore(), { limits: { waitingMax: 3 } });
    const outcomes = await recorder.recordFacts(
      ['1', '2', '3', '4'].map((name) => stockReceived(place, `over-${name}`, 1)),
    );

    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'recorded',
      'recorded',
      'recorded',
      'unavailable',
    ]);
    expect(outcomes[3]).toMatchObject({ code: 'recorder_overloaded' });
    const [later] = await recorder.recordFacts([stockReceived(place, 'over-5', 1)]);
    expect(later?.outcome).toBe('recorded');
  });

  it('seals personal data before anything is kept, and finds an order by a keyed hash', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const customer = { name: 'Ada Lovelace', email: ' Ada@Example.org ', phone: '+49 (30) 123-45' };
    const given = orderCaptured('sealed-1', { customer, debtor: 'ada' });
    await recorder.recordFacts([given]);

    const [event] = await eventsOf(store, 'order-shop.eu:sealed%2D1');
    expect(JSON.stringify(event?.data)).not.toMatch(/Lovelace|xample/);
    expect(await recorder.findLeaves('email', 'ada@example.ORG')).toEqual([given.fact.leaf]);
    expect(await recorder.findLeaves('phone', '+493012345')).toEqual([given.fact.leaf]);
    expect(await recorder.findLeaves('email', 'eve@example.org')).toEqual([]);
    const { rows } = await bench.pool.query<{ dump: string }>(
      `SELECT string_agg(dump, '') AS dump FROM (
         SELECT delivery::text AS dump FROM kept.delivery
         UNION ALL SELECT blind_index::text FROM kept.blind_index
         UNION ALL SELECT subject_key::text FROM kept.subject_key) AS everything`,
    );
    const dump = rows[0]?.dump ?? '';
    expect(dump).not.toContain('Lovelace');
    expect(dump).not.toContain(Buffer.from('Ada Lovelace').toString('hex'));
  });

  it('forgets a person with the raw deliveries that tell of the person, and nobody else', async () => {
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const forgotten = orderCaptured('forget-1', {
      customer: { email: 'gone@example.org' },
      debtor: 'gone',
    });
    const other = orderCaptured('forget-2', {
      customer: { email: 'here@example.org' },
      debtor: 'here',
    });
    await recorder.recordFacts([forgotten, other]);
    const before = await eventsOf(store, forgotten.fact.leaf);

    const subject = JSON.stringify(['customer', 'shop.eu', 'gone']);
    expect(await bench.vault.erase(subject)).toBe(2);

    expect((await recorder.openDelivery(forgotten))?.body).toBe('erased');
    expect((await recorder.openDelivery(other))?.body.toString()).toContain('here@example.org');
    expect(await recorder.findLeaves('email', 'gone@example.org')).toEqual([]);
    expect(await eventsOf(store, forgotten.fact.leaf)).toEqual(before);
    const [again] = await recorder.recordFacts([forgotten]);
    expect(again?.outcome).toBe('repeated');
  });

  it('finds by a person what their deliveries were about, though no outcome was ever written', async () => {
    const keyStore = new PostgresDataKeyStore(bench.pool);
    const refusing = openPool({ connectionString: 'postgres://nobody@127.0.0.1:9/none' });
    const given = orderCaptured('killed-1', { customer: { name: 'Kay' }, debtor: 'kay' });
    const store = new InMemoryEventStore();
    const settling = givenLostOutcomes(bench.pool, refusing);
    const [recorded] = await bench.recorder(store, { pool: settling }).recordFacts([given]);

    const subject = JSON.stringify(['customer', 'shop.eu', 'kay']);
    const keys = await keyStore.keysOf([bench.vault.subjectDigest(subject)]);
    const { leaves } = await keyStore.tracesOf(keys.map(({ keyId }) => keyId));

    expect(recorded?.outcome).toBe('recorded');
    expect((await bench.recorder(store).openDelivery(given))?.outcome).toBeNull();
    expect(leaves).toEqual([given.fact.leaf]);
    await refusing.end();
  });
});

/** A database that is away whenever outcomes are to be written, as where the process ends before. */
function givenLostOutcomes(pool: Pool, away: Pool): Pool {
  const query = (question: { readonly name?: string }, ...rest: readonly unknown[]) => {
    const asked = question.name === 'recording settles evidence' ? away : pool;
    return (asked.query as (...all: readonly unknown[]) => unknown).call(asked, question, ...rest);
  };
  return { query } as unknown as Pool;
}

describe('an append without an answer', () => {
  let bench: RecordingBench;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it.each([
    ['was written', ['answer_lost']],
    ['was not written', ['request_lost']],
    ['is written while it is looked for', ['delayed']],
    ['was lost several times over', ['request_lost', 'answer_lost']],
  ] as const)('is found out where it %s', async (_, faults) => {
    const memory = new InMemoryEventStore();
    const store = new FaultyEventStore(memory, faults);
    const recorder = bench.recorder(store);
    const given = ['1', '2', '3'].map((name) => stockReceived(place, `${name}-${faults[0]}`, 1));

    const outcomes = await recorder.recordFacts(given);
    const later = await recorder.recordFacts([stockReceived(place, 'later', 1)]);

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(later).toMatchObject([{ outcome: 'recorded', revision: 3 }]);
    expect(await eventsOf(memory, leaf)).toHaveLength(4);
    expect(recorder.counters.unknownResolved).toBeGreaterThan(0);
    // Sent again, it is the identical append: ids, data and metadata.
    const tries = store.appends.filter(({ expectedRevision }) => expectedRevision === 'no_stream');
    for (const request of tries) expect(request).toEqual(tries[0]);
  });

  it('gives way where another writer took its place meanwhile', async () => {
    const memory = new InMemoryEventStore();
    const store = new FaultyEventStore(memory, ['request_lost']);
    const read = store.readStream.bind(store);
    let isFirstRead = true;
    store.readStream = async (request) => {
      if (isFirstRead) {
        isFirstRead = false;
        await bench.recorder(memory).recordFacts([stockReceived(place, 'faster', 1)]);
      }
      return read(request);
    };
    const recorder = bench.recorder(store);

    const [outcome] = await recorder.recordFacts([stockReceived(place, 'slower', 1)]);

    expect(outcome).toMatchObject({ outcome: 'recorded', revision: 1 });
    expect(recorder.counters).toMatchObject({ unknownResolved: 1, conflicts: 1 });
  });

  it('ends in a named answer where other writers are always faster', async () => {
    const memory = new InMemoryEventStore();
    const store = new FaultyEventStore(memory);
    let count = 0;
    store.append = async ({ stream }) => {
      count += 1;
      memory.write(stream, { eventId: `other-${count}`, type: 'Other', data: {}, metadata: {} });
      return { outcome: 'conflict', actual: count };
    };
    const recorder = bench.recorder(store, { limits: { decideRoundsMax: 4 } });

    const [outcome] = await recorder.recordFacts([stockReceived(place, 'never', 1)]);

    expect(outcome).toMatchObject({ outcome: 'unavailable', code: 'stream_contended' });
    expect(recorder.counters.conflicts).toBe(4);
  });
});

describe('a database that goes away', () => {
  it('ends acceptance at once, and what was recorded before stays', async () => {
    const bench = await RecordingBench.start(() => StoppablePostgres.start());
    const store = new InMemoryEventStore();
    const recorder = bench.recorder(store);
    const [before] = await recorder.recordFacts([stockReceived(place, 'before', 1)]);
    await bench.stopDatabase();

    const [after] = await recorder.recordFacts([stockReceived(place, 'after', 1)]);

    expect(before?.outcome).toBe('recorded');
    expect(after).toMatchObject({ outcome: 'unavailable', code: 'evidence_store_unavailable' });
    expect(await eventsOf(store, leaf)).toHaveLength(1);
    await bench.pool.end();
  });
});
