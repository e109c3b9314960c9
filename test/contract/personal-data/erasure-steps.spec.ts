import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { DestroyedKeysJournal, PostgresDataKeyStore, reapplyErasures } from '#personal-data';
import { openRecorder, type Recorder } from '#recording';
import {
  type ErasureAttempt,
  ErasureDesk,
  type ErasureDeskParts,
} from '../../../apps/daybook/src/erasure/erasure-desk.js';
import { Erasures } from '../../../apps/daybook/src/erasure/erasures.js';
import type { PersonSearch } from '../../../apps/daybook/src/erasure/person-search.js';
import { reapplyAtStart } from '../../../apps/daybook/src/erasure/reapplication.js';
import type { ReadModels } from '../../../apps/daybook/src/http/reads/read-models.js';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { orderCaptured } from '../recording/deliveries.js';
import { eventsOf, ledgerPrefix, RecordingBench } from '../recording/recording-bench.js';

const storeId = '00000000-0000-4000-8000-00000000000a';

describe('the steps of an erasure', () => {
  let bench: RecordingBench;
  let folder: string;
  let store: InMemoryEventStore;
  let recorder: Recorder;
  let keyStore: PostgresDataKeyStore;
  let parts: ErasureDeskParts & { readonly journal: DestroyedKeysJournal };

  beforeAll(async () => {
    bench = await RecordingBench.start();
    folder = await mkdtemp(join(tmpdir(), 'daybook-erasure-'));
    store = new InMemoryEventStore();
    recorder = bench.recorder(store);
    keyStore = new PostgresDataKeyStore(bench.pool);
    parts = {
      store,
      prefix: ledgerPrefix,
      recorder,
      vault: bench.vault,
      journal: new DestroyedKeysJournal(join(folder, 'destroyed-keys')),
      search: {
        scopeOf: async (digests) => ({
          keys: await keyStore.keysOf(digests),
          orders: [],
          openOrders: [],
          recipients: [],
          others: [],
        }),
      },
    };
  });
  afterAll(async () => {
    await bench.stop();
    await rm(folder, { recursive: true });
  });

  const subjectOf = (debtor: string) => JSON.stringify(['customer', 'shop.eu', debtor]);
  const personOf = (debtor: string) => ({
    kind: 'customer' as const,
    digest: bench.vault.subjectDigest(subjectOf(debtor)),
    name: debtor,
  });
  const newAttempt = (): ErasureAttempt => ({
    client: 'office',
    idempotencyKey: randomUUID(),
    requestDigest: bench.vault.requestDigest('a request'),
  });
  async function knownCustomer(debtor: string): Promise<{ source: string; deliveryId: string }> {
    const delivery = orderCaptured(debtor, {
      id: `captured ${debtor}`,
      debtor,
      customer: { name: debtor, email: `${debtor}@example.org` },
    });
    expect(await recorder.recordFacts([delivery])).toMatchObject([{ outcome: 'recorded' }]);
    return { source: delivery.source, deliveryId: delivery.deliveryId };
  }
  const typesOf = async (erasureId: string) =>
    (await eventsOf(store, `erasure-${erasureId}`)).map(({ type }) => type);
  const restart = (vault = bench.vaultOfOtherProcess()) =>
    reapplyAtStart({
      pool: bench.pool,
      store,
      storeId,
      prefix: ledgerPrefix,
      vault,
      journal: parts.journal,
    });

  /** A process that ends before or after one of its steps. */
  class Crash extends Error {}
  const crashing = (step: string, moment: 'before' | 'after'): ErasureDeskParts => {
    const through = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      if (name === step && moment === 'before') throw new Crash(name);
      const result = await work();
      if (name === step) throw new Crash(name);
      return result;
    };
    const vault = Object.create(bench.vault) as typeof bench.vault;
    vault.destroyKeys = (ids) => through('destroy', () => bench.vault.destroyKeys(ids));
    return {
      ...parts,
      vault,
      journal: { add: (ids) => through('journal', () => parts.journal.add(ids)) },
      recorder: {
        decide: (command) =>
          through(command.idempotencyKey.split(' ')[1] ?? 'request', () =>
            recorder.decide(command),
          ),
      },
    };
  };

  it.each(
    ['request', 'keys', 'journal', 'destroy', 'complete'].flatMap((step) =>
      (['before', 'after'] as const).map((moment) => [moment, step] as const),
    ),
  )('are made good by the next start where the process ended %s "%s"', async (moment, step) => {
    const debtor = `crash ${moment} ${step}`;
    const delivery = await knownCustomer(debtor);
    const attempt = newAttempt();
    const erasureId = ErasureDesk.idOf(attempt);
    const crashed = new ErasureDesk(crashing(step, moment));
    const run = async () => {
      await crashed.request(attempt, [personOf(debtor)], 0, undefined);
      await crashed.carryOut(erasureId);
    };
    await expect(run()).rejects.toThrow(Crash);

    const { unfinished } = await restart();
    const desk = new ErasureDesk(parts);
    // A request that was never recorded was never answered, and is sent again.
    if (moment === 'before' && step === 'request') {
      await desk.request(attempt, [personOf(debtor)], 0, undefined);
      await desk.carryOut(erasureId);
    }
    for (const id of unfinished) await desk.carryOut(id);

    expect(await typesOf(erasureId)).toEqual([
      'ErasureRequested',
      'SubjectKeyDestroyed',
      'ErasureCompleted',
    ]);
    expect((await recorder.openDelivery(delivery))?.body).toBe('erased');
    expect(await recorder.findLeaves('email', `${debtor}@example.org`)).toEqual([]);
    expect((await restart()).unfinished).toEqual([]);
  });

  it('are taken by the daily look once the orders are finished or the day has come', async () => {
    const open = new Set<string>();
    let today = '2026-06-01';
    const waiting = ['order', 'day'].map((name) => ({
      name,
      attempt: newAttempt(),
      cause: name === 'order' ? ('order_open' as const) : ('retention' as const),
    }));
    const search = {
      scopeOf: async (digests: readonly string[]) => ({
        ...(await parts.search.scopeOf(digests)),
        openOrders: digests.filter((digest) => open.has(digest)),
      }),
    };
    const desk = new ErasureDesk({ ...parts, search });
    for (const { name, attempt, cause } of waiting) {
      await knownCustomer(name);
      const deferral = { until: '2026-07-01', cause, legalBasis: 'a law' };
      await desk.request(attempt, [personOf(name)], 0, deferral);
    }
    const models = { snapshot: () => entriesOf(waiting.map(({ attempt }) => attempt)) };
    const erasures = new Erasures(
      desk,
      search as unknown as PersonSearch,
      models as unknown as ReadModels,
      bench.vault,
      () => `${today}T12:00:00.000Z`,
    );
    const stages = async () =>
      (await erasures.list(undefined, 10)).map(({ cause, stage, until }) => [cause, stage, until]);

    open.add(personOf('order').digest);
    expect(await erasures.completeDue()).toBe(0);
    today = '2026-07-01';
    expect(await erasures.completeDue()).toBe(1);
    expect(await stages()).toEqual([
      ['order_open', 'deferred', '2026-07-31'],
      [null, 'completed', null],
    ]);
    open.clear();
    today = '2026-07-02';
    expect(await erasures.completeDue()).toBe(1);
    expect(await erasures.completeDue()).toBe(0);
  });

  /** What the read models would show of these erasures. */
  async function entriesOf(attempts: readonly ErasureAttempt[]) {
    const all = attempts.map(async (attempt) => {
      const leaf = `erasure-${ErasureDesk.idOf(attempt)}`;
      const events = await eventsOf(store, leaf);
      return events.map(({ type, data }) => ({ leaf, type, data, occurredAt: '2026-06-01' }));
    });
    return (await Promise.all(all)).flat();
  }

  it('hold no personal data, but keyed digests and random ids', async () => {
    await knownCustomer('eva');
    const attempt = newAttempt();
    const desk = new ErasureDesk(parts);
    await desk.request(attempt, [personOf('eva')], 0, undefined);
    await desk.carryOut(ErasureDesk.idOf(attempt));
    const events = await eventsOf(store, `erasure-${ErasureDesk.idOf(attempt)}`);
    const texts = events.map(({ data, metadata }) => JSON.stringify({ data, metadata }));
    expect(texts.join()).not.toContain('eva');
    expect(events).toHaveLength(3);
  });

  it('are taken again by a database that was restored from before them', async () => {
    const delivery = await knownCustomer('restored');
    const before = await bench.pool.query('SELECT * FROM kept.subject_key');
    const indexed = await bench.pool.query('SELECT * FROM kept.blind_index');
    const attempt = newAttempt();
    const desk = new ErasureDesk(parts);
    await desk.request(attempt, [personOf('restored')], 0, undefined);
    await desk.carryOut(ErasureDesk.idOf(attempt));

    for (const row of before.rows as { key_id: string; wrapped_key: Buffer | null }[]) {
      await bench.pool.query(
        `UPDATE kept.subject_key SET wrapped_key = $2,
                destroyed_at = CASE WHEN $2::bytea IS NULL THEN destroyed_at END WHERE key_id = $1`,
        [row.key_id, row.wrapped_key],
      );
    }
    expect(indexed.rowCount).toBeGreaterThan(0);
    const vault = bench.vaultOfOtherProcess();
    const reader = bench.recorder(store);
    bench.vault.forgetCachedKeys();
    expect((await reader.openDelivery(delivery))?.body).toBeInstanceOf(Buffer);

    expect((await restart(vault)).destroyed).toBe(2);
    bench.vault.forgetCachedKeys();
    expect((await reader.openDelivery(delivery))?.body).toBe('erased');
    expect(await reapplyErasures(vault, await parts.journal.keyIds())).toBe(0);
  });

  /** Raw bodies that still open though a person they tell of was forgotten. */
  async function bodiesLeft(): Promise<number> {
    const { rows } = await bench.pool.query<{ count: string }>(
      `SELECT count(*) FROM kept.delivery
         JOIN kept.subject_key AS person ON person.key_id = ANY(delivery.subject_key_ids)
         JOIN kept.subject_key AS own ON own.key_id = delivery.key_id
        WHERE person.destroyed_at IS NOT NULL AND own.destroyed_at IS NULL`,
    );
    return Number(rows[0]?.count);
  }

  it('leave no raw body that is kept at the same time', async () => {
    const debtor = 'racing';
    await knownCustomer(debtor);
    const deliveries = Array.from({ length: 40 }, (_, index) =>
      orderCaptured(`race ${index}`, { debtor, customer: { email: `r${index}@example.org` } }),
    );
    const [outcomes] = await Promise.all([
      Promise.all(deliveries.map((each) => recorder.recordFacts([each]))),
      bench.vault.erase(subjectOf(debtor)),
    ]);
    expect(outcomes.flat().every(({ outcome }) => outcome === 'recorded')).toBe(true);
    expect(await bodiesLeft()).toBe(0);
  });

  it('are seen by a process that still holds the key: it seals again, under a new one', async () => {
    const other = openRecorder({
      store,
      pool: bench.pool,
      prefix: ledgerPrefix,
      personalData: bench.vaultOfOtherProcess(),
      clock: () => new Date().toISOString(),
    });
    const debtor = 'elsewhere';
    const captured = (order: string) => orderCaptured(order, { debtor, customer: { name: order } });
    await other.recordFacts([captured('before')]);
    await bench.vault.erase(subjectOf(debtor));
    const delivery = captured('behind');
    expect(await other.recordFacts([delivery])).toMatchObject([{ outcome: 'recorded' }]);
    expect(await bodiesLeft()).toBe(0);
    expect((await recorder.openDelivery(delivery))?.body).toBeInstanceOf(Buffer);
    await bench.vault.erase(subjectOf(debtor));
    expect((await recorder.openDelivery(delivery))?.body).toBe('erased');
  });

  it('reach bytes that nobody understood, by address, number, id and order, and no others', async () => {
    await knownCustomer('seen');
    const texts = [
      '{"note":"please call seen@example.org"}',
      '{"mail":"seen\\u0040example.org"',
      '{"customer":{"id":"seen"}}',
      '{"order_id":"seen","name":"unknown to us"}',
      '{"customer":{"id":"somebody"},"name":"Eve"}',
    ];
    const bodies = texts.map((text) => Buffer.from(text));
    await recorder.quarantine(
      bodies.map((rawBody) => ({
        source: 'shop.eu',
        deliveryId: null,
        rawBody,
        code: 'body_not_json',
        message: 'The field seen@example.org is not known.',
      })),
    );
    await bench.vault.erase(subjectOf('seen'));
    const page = await recorder.listQuarantine({ limit: 100 });
    const opened = await Promise.all(
      (page?.entries ?? []).map(({ source, digest }) =>
        recorder.openQuarantinedBody(source, digest),
      ),
    );
    const left = opened.flatMap((body) => (body instanceof Buffer ? [body.toString()] : []));
    expect(left).toEqual([texts[4]]);
    expect(JSON.stringify(page)).not.toContain('seen@example.org');
  });

  it('done again after a restore, take nothing of a person who came back meanwhile', async () => {
    const keyIdsOf = async (debtor: string) =>
      (await keyStore.keysOf([personOf(debtor).digest])).map(({ keyId }) => keyId);
    await knownCustomer('returned');
    await bench.vault.erase(subjectOf('returned'));
    const rawBody = Buffer.from('{"customer":{"id":"returned"}}');
    await recorder.quarantine([
      { source: 'shop.eu', deliveryId: null, rawBody, code: 'body_not_json', message: '-' },
    ]);
    await knownCustomer('restored with it');

    const keyIds = [...(await keyIdsOf('returned')), ...(await keyIdsOf('restored with it'))];
    expect(await reapplyErasures(bench.vault, keyIds)).toBeGreaterThan(0);
    const digest = sha256Hex(rawBody);
    expect(await recorder.openQuarantinedBody('shop.eu', digest)).toEqual(rawBody);
  });

  it('end the bytes of a resolved entry after its retention, and no earlier', async () => {
    const rawBody = Buffer.from('{"who":"Eve"}');
    const request = { source: 'shop.eu', deliveryId: 'kept', code: 'body_not_json', message: '-' };
    await recorder.quarantine([{ ...request, rawBody }]);
    const page = await recorder.listQuarantine({ limit: 1 });
    const digest = page?.entries[0]?.digest ?? '';
    expect(await recorder.endQuarantineRetention(0)).toBe(0);
    expect(await recorder.resolveQuarantined('shop.eu', 'unknown')).toBeUndefined();
    const since = await recorder.resolveQuarantined('shop.eu', digest);
    expect(await recorder.resolveQuarantined('shop.eu', digest)).toBe(since);
    expect(await recorder.endQuarantineRetention(1)).toBe(0);
    await bench.pool.query(
      `UPDATE kept.quarantine SET resolved_at = resolved_at - interval '2 days'`,
    );
    expect(await recorder.endQuarantineRetention(1)).toBe(1);
    bench.vault.forgetCachedKeys();
    expect(await recorder.openQuarantinedBody('shop.eu', digest)).toBe('erased');
  });
});
