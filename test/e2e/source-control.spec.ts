import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  type RunningDaybook,
  startRunningDaybook,
} from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';

let daybook: RunningDaybook;

beforeAll(async () => {
  daybook = await startRunningDaybook();
}, 120_000);
afterAll(() => daybook.stop());

const run = (...words: readonly string[]) =>
  runDaybook([...words, '--data', daybook.dataDirectory]);

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const day = '2026-03-10';

function capture(source: string, minor: number): object {
  return {
    specversion: '1.0',
    id: `capture-${source}`,
    source,
    type: 'PaymentCaptured',
    subject: 'payment-psp:pi_1',
    time: `${day}T10:00:00Z`,
    span: day,
    sequence: '7',
    data: {
      tender: 'card',
      amount: { minor, currency: 'EUR' },
      legalEntity: 'de01',
      capture: 'ch_1',
      orderRefs: null,
    },
  };
}

function total(): object {
  return {
    specversion: '1.0',
    id: 'total-psp',
    source: 'psp',
    type: 'SourceControlTotalReceived',
    time: `${day}T23:00:00Z`,
    version: '1',
    data: { reporter: 'psp', span: day, records: 2, firstSequence: 7, lastSequence: 8 },
  };
}

/** Reads what was written, however far behind the read models are. */
function waitingFor(written: Answer | undefined): string {
  const after = written?.headers.get('daybook-position') ?? null;
  return after === null ? '' : `?after=${after}&wait=20000`;
}

async function capturedMinor(written?: Answer): Promise<string> {
  const { body } = await daybook.get(`/v1/trial-balance${waitingFor(written)}`);
  const { items } = body as { items: { account: string; debitMinor: string }[] };
  return items.find(({ account }) => account === 'clearing_card')?.debitMinor ?? '';
}

async function setRule(eventType: string): Promise<Answer> {
  const rule = { eventType, account: 'psp', rank: 200, validFrom: '2026-03-01' };
  return daybook.post('/v1/authority', rule, {
    'daybook-client': 'finance',
    'idempotency-key': eventType,
  });
}

async function rulesAfter(written?: Answer): Promise<unknown> {
  return (await daybook.get(`/v1/authority${waitingFor(written)}`)).body;
}

/** Builds anew, and reads the build as soon as it has caught up. */
async function rebuildAndSwitch(): Promise<void> {
  const { body } = await daybook.post('/v1/projections/rebuilds', '');
  const { generation } = body as { generation: number };
  const path = `/v1/projections/generations/${generation}/switch`;
  await vi.waitUntil(async () => (await daybook.post(path, '')).status === 200, {
    timeout: 60_000,
    interval: 50,
  });
}

describe('a rule of authority', () => {
  it('waits until a build was made with it, and judges what was recorded before', async () => {
    const written = await daybook.post(
      '/v1/events',
      [capture('psp', 1_000), capture('shop', 900)],
      { 'content-type': 'application/cloudevents-batch+json' },
    );
    expect(await capturedMinor(written)).toBe('1000');
    const set = await setRule('PaymentCaptured');
    expect(set).toMatchObject({ status: 201, body: { outcome: 'accepted', repeated: false } });
    expect(await setRule('PaymentCaptured')).toMatchObject({
      status: 200,
      body: { repeated: true },
    });
    expect(await rulesAfter(set)).toMatchObject({
      rules: [{ account: 'psp', rank: 200, standing: 'waits_for_rebuild' }],
    });
    expect(await capturedMinor()).toBe('1000');
    await rebuildAndSwitch();
    expect(await rulesAfter()).toMatchObject({ rules: [{ rank: 200, standing: 'in_force' }] });
    expect(await capturedMinor()).toBe('900');
  }, 120_000);
  it.runIf(isDeep)(
    'outlives a restart, and verification judges by it',
    async () => {
      await daybook.end();
      daybook = await startRunningDaybook({ dataDirectory: daybook.dataDirectory });
      expect(await capturedMinor()).toBe('900');
      const { body } = await daybook.get('/v1/projections');
      expect(body).toMatchObject({ generations: [{ state: 'standby' }, { state: 'active' }] });
      expect((await run('authority', 'list')).output).toMatch(/psp +200 .*in force/);
      expect(await run('verify', '--full')).toMatchObject({ exitCode: 0 });
    },
    120_000,
  );
  it('is refused where it names no type of event', async () => {
    expect(await setRule('PaymentTeleported')).toMatchObject({
      status: 422,
      body: { code: 'event_type_unknown', field: 'eventType' },
    });
  });
});

describe('what a source says it sent', () => {
  it('is compared with what is held, and the missing number has a name', async () => {
    const written = await daybook.post('/v1/events', total());
    const after = written.headers.get('daybook-position') ?? '';
    const { status, body } = await daybook.get(
      `/v1/completeness?source=psp&day=${day}&after=${after}&wait=20000`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [
        {
          account: 'psp',
          span: day,
          state: 'differs',
          declaredRecords: 2,
          heldRecords: 1,
          numbers: { missing: 1, gaps: [{ from: 8, to: 8 }] },
        },
      ],
      next: null,
    });
  }, 60_000);
});
