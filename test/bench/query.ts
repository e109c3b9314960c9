import { fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { ActiveReader } from '#projection-engine';
import { simulate } from '#simulation';
import { wholeTimeline } from '../../projections/order-timeline/v1/timeline-queries.js';
import type { CannedTimelines } from './canned-api.js';
import { closeHttp, httpGet, httpPostEvents } from './serving/http-calls.js';
import { withCopiedOrders } from './serving/copied-orders.js';
import { latenciesOf, type Latencies } from './serving/latencies.js';
import { openLoop, sharedMilliseconds } from './serving/open-loop.js';
import { serveDaybook } from './serving/served-daybook.js';

const corpusSeed = 20_260_301;
const groupName = 'daybook';
const ratePerSecond = 300;
const queriesPerRun = 6_000;
const warmUpQueries = 600;
const batchEvents = 100;
const batchesInFlight = 4;
const cannedOrders = 500;
/** As many rows as the route gives where nobody says how many. */
const entriesMax = 100;

/** The value, its floor of two parts, and how many orders there were. */
export interface QueryResult {
  readonly orders: number;
  readonly latencies: readonly Latencies[];
  /** p99 of the timeline over the sum of both floors' p99. */
  readonly ratio: number;
}

/**
 * Timelines of random orders at 300 a second, against the same route with a body of equal size that no
 * database was asked for, and the bare statements without HTTP.
 *
 * @param events are recorded, and there are as many orders: most are copies of those recorded
 */
export async function benchQuery(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<QueryResult> {
  const daybook = await serveDaybook();
  const pool = new pg.Pool({
    connectionString: daybook.databaseUrl,
    max: 10,
    options: '-c enable_seqscan=off',
  });
  const reader = new ActiveReader(pool, groupName);
  const canned = fork(new URL('./canned-api.js', import.meta.url));
  try {
    progress(`query: recording ${events} events`);
    await record(daybook.url, events, progress);
    progress(`query: copying orders until there are ${events}`);
    const orders = await withCopiedOrders(pool, groupName, events);
    const timelines: Record<string, CannedTimelines[string]> = {};
    for (const leaf of orders.slice(0, cannedOrders)) {
      const { text } = await httpGet(timelineUrl(daybook.url, leaf));
      timelines[leaf] = JSON.parse(text) as CannedTimelines[string];
    }
    canned.send(timelines);
    const ended = once(canned, 'exit').then(() => Promise.reject(new Error('No canned API.')));
    ended.catch(() => undefined);
    const [cannedUrl] = (await Promise.race([once(canned, 'message'), ended])) as [string];
    const sides = {
      timeline: (index: number) => getTimeline(daybook.url, pick(orders, index)),
      canned: (index: number) => getTimeline(cannedUrl, pick(orders.slice(0, cannedOrders), index)),
      statements: (index: number) => bareTimeline(reader, pick(orders, index)),
    };
    const milliseconds: Record<string, number[]> = {};
    for (let run = 0; run <= runs; run += 1) {
      for (const [name, ask] of Object.entries(sides)) {
        progress(
          run === 0 ? `query, ${name}: warming up` : `query, ${name}, run ${run} of ${runs}`,
        );
        const measured = await measure(ask, run === 0 ? warmUpQueries : queriesPerRun);
        if (run > 0) (milliseconds[name] ??= []).push(...measured);
      }
    }
    const of = (name: keyof typeof sides, words: string): Latencies =>
      latenciesOf(words, milliseconds[name] ?? []);
    const timeline = of('timeline', 'timeline over HTTP');
    const floor = [of('canned', 'the route with canned rows'), of('statements', 'bare statements')];
    const floorP99 = floor.reduce((sum, { p99 }) => sum + p99, 0);
    const ratio = Math.round((timeline.p99 / floorP99) * 1_000) / 1_000;
    return { orders: orders.length, latencies: [timeline, ...floor], ratio };
  } finally {
    canned.kill();
    closeHttp();
    await pool.end();
    await daybook.stop();
  }
}

async function measure(
  ask: (index: number) => Promise<void>,
  count: number,
): Promise<readonly number[]> {
  const measured: number[] = [];
  await openLoop(ratePerSecond, count, async (index, intendedAt) => {
    await ask(index);
    measured.push(sharedMilliseconds() - intendedAt);
  });
  return measured;
}

/** Records simulated trading, and waits until the read models hold it. */
async function record(
  url: string,
  events: number,
  progress: (line: string) => void,
): Promise<void> {
  const deliveries = simulate({ seed: corpusSeed, events });
  let sent = 0;
  let position = '';
  const sender = async (): Promise<void> => {
    for (;;) {
      const batch: object[] = [];
      while (batch.length < batchEvents) {
        const { done, value } = deliveries.next();
        if (done === true) break;
        batch.push(value);
      }
      if (batch.length === 0) return;
      const answer = await httpPostEvents(`${url}/v1/events`, batch);
      if (answer.status >= 300) throw new Error(answer.text);
      position = answer.position ?? position;
      sent += batch.length;
      if (sent % 20_000 === 0) progress(`query: ${sent} events recorded`);
    }
  };
  await Promise.all(Array.from({ length: batchesInFlight }, () => sender()));
  for (;;) {
    const caughtUp = await httpGet(`${url}/v1/findings?limit=1&wait=30000&after=${position}`);
    if (caughtUp.status === 200) break;
  }
}

function pick(orders: readonly string[], index: number): string {
  return orders[index % orders.length] ?? '';
}

function timelineUrl(url: string, leaf: string): string {
  return `${url}/v1/orders/${encodeURIComponent(leaf)}/timeline`;
}

async function getTimeline(url: string, leaf: string): Promise<void> {
  const { status, text } = await httpGet(timelineUrl(url, leaf));
  if (status !== 200) throw new Error(text);
}

/** The least the route asks of the database: the one statement that tells a timeline. */
async function bareTimeline(reader: ActiveReader, leaf: string): Promise<void> {
  await reader.read(wholeTimeline(leaf, entriesMax));
}
