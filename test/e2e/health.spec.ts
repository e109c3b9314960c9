import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { simulate } from '#simulation';
import {
  type Answer,
  type RunningDaybook,
  startRunningDaybook,
} from '../doubles/running-daybook.js';

const patience = { timeout: 60_000, interval: 50 };
const stallSeconds = 3;

/** Holds one thread of the program still for as long as a file is there. */
const freezing = `
const { isMainThread } = require('node:worker_threads');
const { existsSync } = require('node:fs');
const file = process.env.FREEZE_FILE;
const never = new Int32Array(new SharedArrayBuffer(4));
const isAsked = () => process.argv[1]?.endsWith(process.env.FREEZE_THREAD) && existsSync(file);
if (!isMainThread) {
  setInterval(() => { while (isAsked()) Atomics.wait(never, 0, 0, 50); }, 20).unref();
}`;

let folder: string;
let daybook: RunningDaybook;
let client: pg.Client;
const deliveries = simulate({ seed: 5, events: 100 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-freezing-'));
  await writeFile(join(folder, 'freezing.cjs'), freezing);
  daybook = await startRunningDaybook({
    environment: {
      DAYBOOK_STALL_SECONDS: String(stallSeconds),
      NODE_OPTIONS: `--require ${join(folder, 'freezing.cjs')}`,
      FREEZE_FILE: join(folder, 'frozen'),
      FREEZE_THREAD: 'projector-worker.js',
    },
  });
  const record = await readFile(join(daybook.dataDirectory, 'run.json'), 'utf8');
  const { databaseUrl } = JSON.parse(record) as { readonly databaseUrl: string };
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await untilProjector('caught_up');
});
afterAll(async () => {
  await client.end();
  await daybook.stop();
  await rm(folder, { recursive: true });
});

/** Records one more event and answers its position. */
async function recordOne(): Promise<string> {
  const { value } = deliveries.next();
  const answer = await daybook.post('/v1/events', value, {
    'content-type': 'application/cloudevents+json',
  });
  expect(answer.status).toBeLessThan(300);
  return answer.headers.get('Daybook-Position')!;
}

interface Projector {
  readonly state: string;
  readonly eventsBehind: number;
  readonly secondsMeasuredFrom: string;
}

/** Asks until health has a state, and gives the answer that had it. */
function untilProjector(state: string): Promise<Answer & { readonly projector: Projector }> {
  return vi.waitFor(async () => {
    const answer = await daybook.get('/health/ready');
    const { checks } = answer.body as { readonly checks: { readonly projector: Projector } };
    expect(checks.projector).toMatchObject({ state });
    return { ...answer, projector: checks.projector };
  }, patience);
}

async function metric(name: string): Promise<string | undefined> {
  const { body } = await daybook.get('/metrics');
  return String(body)
    .split('\n')
    .find((line) => line.startsWith(`${name} `));
}

afterEach(() => client.query('ROLLBACK'));

describe('the health of a projector', () => {
  it('is well where it has applied what the store holds, and metrics say the same', async () => {
    const position = await recordOne();
    expect((await daybook.get(`/v1/findings?wait=30000&after=${position}`)).status).toBe(200);
    const { status, projector } = await untilProjector('caught_up');
    expect(status).toBe(200);
    expect(projector).toMatchObject({ eventsBehind: 0, secondsMeasuredFrom: 'nothing_behind' });
    expect(await metric('daybook_projection_events_behind')).toMatch(/ 0$/);
    expect(await metric('daybook_ready{check="projector"}')).toMatch(/ 1$/);
    expect(await metric('daybook_recorder_events_total{outcome="recorded"}')).toMatch(/ [1-9]/);
    const { body } = await daybook.get('/metrics');
    expect(body).toContain('route="/v1/findings",status="200"');
    expect(body).not.toContain(position);
  });

  it('is a stall where nothing is applied any more, and a reader is told to come back', async () => {
    await client.query('BEGIN; SELECT * FROM projection_engine.checkpoint FOR UPDATE');
    const position = await recordOne();
    const read = await daybook.get(`/v1/findings?wait=50&after=${position}`);
    expect(read).toMatchObject({ status: 504, body: { code: 'position_not_reached' } });
    expect(read.headers.get('Retry-After')).toBe('1');
    const { status, projector } = await untilProjector('stalled');
    expect(status).toBe(503);
    expect(projector.eventsBehind).toBe(1);
    expect(projector.secondsMeasuredFrom).toBe('oldest_unapplied_event');
    await client.query('ROLLBACK');
    expect((await untilProjector('caught_up')).status).toBe(200);
    const readAgain = await daybook.get(`/v1/findings?wait=30000&after=${position}`);
    expect(readAgain.status).toBe(200);
  });

  it('is held by nobody where the lease has run out and cannot be taken', async () => {
    await client.query("UPDATE projection_engine.lease SET expires_at = now() - interval '1 hour'");
    // Renewing it, and taking it, would both have to change its row.
    await client.query('BEGIN; SELECT * FROM projection_engine.lease FOR UPDATE');
    const { status } = await untilProjector('not_held');
    expect(status).toBe(503);
    expect(await metric('daybook_projection_state{state="not_held"}')).toMatch(/ 1$/);
    await client.query('ROLLBACK');
    expect((await untilProjector('caught_up')).status).toBe(200);
  });

  it('is well all through a rebuild', async () => {
    expect(await daybook.post('/v1/projections/rebuilds', '')).toMatchObject({ status: 201 });
    const statuses = new Set<number>();
    await vi.waitFor(async () => {
      statuses.add((await daybook.get('/health/ready')).status);
      const { body } = await daybook.get('/v1/projections');
      const [read, built] = (body as { generations: { sequence: number }[] }).generations;
      expect(built?.sequence).toBe(read?.sequence);
    }, patience);
    expect([...statuses]).toEqual([200]);
  });

  it('is frozen where its thread stands still, though the store holds nothing new', async () => {
    await writeFile(join(folder, 'frozen'), '');
    const { status } = await untilProjector('frozen');
    expect(status).toBe(503);
    expect(await metric('daybook_ready{check="projector"}')).toMatch(/ 0$/);
    expect((await daybook.get('/health/live')).status).toBe(200);
    await rm(join(folder, 'frozen'));
    expect((await untilProjector('caught_up')).status).toBe(200);
  });
});

/**
 * The schedule in a process of its own that looks all the time: its thread cannot be loaded from
 * TypeScript. It is due as ever, and compares at once where a line comes.
 */
const scheduling = `
import { createRequire } from 'node:module';
import { join } from 'node:path';
const { Pool } = createRequire(join(process.cwd(), 'package.json'))('pg');
const from = (file) => import(join(process.cwd(), 'dist/apps/daybook/src', file));
const { createLogger } = await from('logging/logger.js');
const { VerificationSchedule } = await from('roles/verification-schedule.js');
const { databaseUrl, eventStoreUrl } = JSON.parse(process.env.ADDRESSES);
const schedule = new VerificationSchedule({
  start: { databaseUrl, eventStoreUrl, logLevel: 'silent' },
  pool: new Pool({ connectionString: databaseUrl, max: 1 }),
  groupName: 'daybook',
  everyHours: 1,
  lookMilliseconds: 20,
  logger: createLogger('warn'),
});
schedule.begin();
process.stdin.on('data', () => void schedule.runNow());
process.stdin.on('end', () => schedule.stop().then(() => process.exit()));`;

describe('a scheduled verification', () => {
  let schedule: ChildProcess;

  beforeAll(async () => {
    const script = join(folder, 'scheduling.mjs');
    await writeFile(script, scheduling);
    schedule = spawn(process.execPath, [script], {
      cwd: join(import.meta.dirname, '../..'),
      env: {
        PATH: process.env['PATH'],
        ADDRESSES: await readFile(join(daybook.dataDirectory, 'run.json'), 'utf8'),
      },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  });
  afterAll(async () => {
    const ended = once(schedule, 'exit');
    schedule.stdin?.end();
    await ended;
  });

  /** Asks until health tells of a verification that something holds of. */
  function untilVerified(expected: object): Promise<{ readonly finishedAt: string }> {
    return vi.waitFor(async () => {
      const { body } = await daybook.get('/health/ready');
      const { verification } = body as { readonly verification: { readonly finishedAt: string } };
      expect(verification).toMatchObject(expected);
      return verification;
    }, patience);
  }

  it('is carried out when it is due, once, and health tells of it', async () => {
    const first = await untilVerified({ mode: 'sums', outcome: 'equal', message: '' });
    const again = await untilVerified({ outcome: 'equal' });
    expect(again.finishedAt).toBe(first.finishedAt);
    expect(await metric('daybook_verification_outcome{outcome="equal"}')).toMatch(/ 1$/);
    // An hour later the next one is due.
    await client.query(
      "UPDATE projection_engine.verification SET finished_at = finished_at - interval '61 minutes'",
    );
    await vi.waitFor(async () => {
      const next = await untilVerified({ outcome: 'equal' });
      expect(Date.parse(next.finishedAt)).toBeGreaterThan(Date.parse(first.finishedAt));
    }, patience);
  });

  it('that finds a difference says where, and Daybook stays ready', async () => {
    await client.query('UPDATE projection_engine.category_sum SET events = events + 1');
    const differing = {
      outcome: 'different',
      message: expect.stringContaining('categories that differ: '),
    };
    await vi.waitFor(async () => {
      // Where one is under way already, it may have compared before the difference was made.
      schedule.stdin?.write('now\n');
      const { body } = await daybook.get('/health/ready');
      expect(body).toMatchObject({ verification: differing });
    }, patience);
    expect((await daybook.get('/health/ready')).status).toBe(200);
    expect(await metric('daybook_verification_outcome{outcome="different"}')).toMatch(/ 1$/);
    await client.query('UPDATE projection_engine.category_sum SET events = events - 1');
  });
});
