import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function capturedMinor(written?: Answer): Promise<string> {
  const after = written?.headers.get('daybook-position');
  const wait = after === undefined || after === null ? '' : `?after=${after}&wait=20000`;
  const { body } = await daybook.get(`/v1/trial-balance${wait}`);
  const { items } = body as { items: { account: string; debit: string }[] };
  return items.find(({ account }) => account === 'clearing_card')?.debit ?? '';
}

describe('a rule of authority', () => {
  it('waits until a build was made with it, judges what was recorded before, and outlives a restart', async () => {
    const written = await daybook.post(
      '/v1/events',
      [capture('psp', 1_000), capture('shop', 900)],
      {
        'content-type': 'application/cloudevents-batch+json',
      },
    );
    expect(await capturedMinor(written)).toBe('1000');
    const rule = ['PaymentCaptured', 'psp', '--rank', '200', '--valid-from', '2026-03-01'];
    expect(await run('authority', 'set', ...rule)).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('projection rebuild'),
    });
    expect((await run('authority', 'list')).output).toMatch(/psp +200 .*waits for a rebuild/);
    expect(await capturedMinor()).toBe('1000');
    expect(await run('projection', 'rebuild', '--switch')).toMatchObject({ exitCode: 0 });
    expect((await run('authority', 'list')).output).toMatch(/psp +200 .*in force/);
    expect(await capturedMinor()).toBe('900');
    await daybook.end();
    daybook = await startRunningDaybook({ dataDirectory: daybook.dataDirectory });
    expect(await capturedMinor()).toBe('900');
    const { body } = await daybook.get('/v1/projections');
    expect(body).toMatchObject({ generations: [{ state: 'standby' }, { state: 'active' }] });
    expect(await run('verify', '--full')).toMatchObject({ exitCode: 0 });
    await daybook.end();
    expect(await run('verify')).toMatchObject({ exitCode: 0 });
    daybook = await startRunningDaybook({ dataDirectory: daybook.dataDirectory });
  }, 120_000);
  it('is refused where it names no type of event', async () => {
    const rule = ['PaymentTeleported', 'psp', '--rank', '1', '--valid-from', '2026-03-01'];
    expect(await run('authority', 'set', ...rule)).toMatchObject({
      notes: expect.stringContaining('not in the event catalogue'),
    });
  }, 60_000);
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
    expect((await run('completeness', '--source', 'psp')).output).toMatch(/missing 8/);
  }, 60_000);
});
