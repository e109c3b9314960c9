import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { deliveriesOf } from './ingest/deliveries.js';
import { type CaseResult, caseResult, type Measurement } from './measure.js';
import { closeHttp, httpPostEvents } from './serving/http-calls.js';
import { startTemporaryEventStore } from './stores.js';

/** How many events a request brings, and how many requests are under way. */
const cases = [
  { eventsPerRequest: 1, inFlight: 32 },
  { eventsPerRequest: 10, inFlight: 16 },
  { eventsPerRequest: 100, inFlight: 4 },
];
const programs = { value: './ingest/daybook-side.js', floor: './ingest/floor-side.js' };

type Side = keyof typeof programs;

/**
 * Facts through HTTP until they are durable in the embedded event store, against the same HTTP server
 * that only parses, stores the raw bytes and appends what was prepared. Nothing projects on either side.
 */
export async function benchIngest(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const deliveries = deliveriesOf(events).map(({ delivery }) => delivery);
  const results: CaseResult[] = [];
  for (const { eventsPerRequest, inFlight } of cases) {
    const name = `ingest, ${eventsPerRequest} a request, ${inFlight} in flight`;
    const requests = Array.from(
      { length: Math.ceil(deliveries.length / eventsPerRequest) },
      (_unused, index) =>
        deliveries.slice(index * eventsPerRequest, (index + 1) * eventsPerRequest),
    );
    const pairs: { value: Measurement; floor: Measurement }[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`${name}, run ${run} of ${runs}`);
      const value = await measureSide('value', requests, inFlight);
      const floor = await measureSide('floor', requests, inFlight);
      pairs.push({ value, floor });
    }
    results.push(caseResult(name, deliveries.length, pairs));
  }
  closeHttp();
  return results;
}

async function measureSide(
  side: Side,
  requests: readonly (readonly object[])[],
  inFlight: number,
): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
  const store = await startTemporaryEventStore();
  const events = requests.reduce((sum, { length }) => sum + length, 0);
  const lastArgument = side === 'value' ? join(folder, 'key') : String(events);
  const server = fork(
    new URL(programs[side], import.meta.url),
    [store.connectionString, postgres.connectionString, lastArgument],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  try {
    const ended = once(server, 'exit').then(() => Promise.reject(new Error(`No ${side} serves.`)));
    ended.catch(() => undefined);
    const [url] = (await Promise.race([once(server, 'message'), ended])) as [string];
    return await postAll(url, requests, inFlight);
  } finally {
    if (server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit');
    await store.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function postAll(
  url: string,
  requests: readonly (readonly object[])[],
  inFlight: number,
): Promise<Measurement> {
  const cpu = process.cpuUsage();
  const from = process.hrtime.bigint();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { status, text } = await httpPostEvents(`${url}/v1/events`, request);
      if (status >= 300) throw new Error(text);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuMicroseconds: user + system };
}
