import { fork } from 'node:child_process';
import { once } from 'node:events';
import { simulate } from '#simulation';
import type { Acknowledged, Freshness } from './freshness-reader.js';
import { closeHttp, httpPostEvents } from './serving/http-calls.js';
import { latenciesOf, type Latencies } from './serving/latencies.js';
import { openLoop, sharedMilliseconds } from './serving/open-loop.js';
import { serveDaybook } from './serving/served-daybook.js';

const corpusSeed = 20_260_301;
const warmUpEvents = 1_000;

/** Events a second, and how many of them one request brings. */
const cases = [
  { rate: 200, eventsPerRequest: 1 },
  { rate: 1_000, eventsPerRequest: 10 },
];

/**
 * From the acknowledgement of a write to the moment at which another process has read it, with events
 * sent at a fixed rate through the API of a Daybook that runs in a third process.
 */
export async function benchFreshness(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<readonly Latencies[]> {
  const daybook = await serveDaybook();
  const deliveries = simulate({ seed: corpusSeed, events: warmUpEvents + events * 2 * runs });
  const results: Latencies[] = [];
  try {
    progress('freshness: warming up');
    await measure(daybook.url, take(deliveries, warmUpEvents), 200, 1);
    for (const { rate, eventsPerRequest } of cases) {
      const seen: Freshness[] = [];
      for (let run = 1; run <= runs; run += 1) {
        progress(`freshness at ${rate}/s, run ${run} of ${runs}`);
        const sent = take(deliveries, events);
        seen.push(...(await measure(daybook.url, sent, rate, eventsPerRequest)));
      }
      const name = `freshness at ${rate}/s, ${eventsPerRequest} a request`;
      results.push(
        latenciesOf(
          `${name}: acknowledged to read`,
          seen.map(({ visible }) => visible),
        ),
        latenciesOf(
          `${name}: due to acknowledged`,
          seen.map(({ acknowledged }) => acknowledged),
        ),
      );
    }
    return results;
  } finally {
    closeHttp();
    await daybook.stop();
  }
}

function take(deliveries: Iterator<object>, count: number): readonly object[] {
  const taken: object[] = [];
  while (taken.length < count) {
    const { done, value } = deliveries.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}

async function measure(
  url: string,
  deliveries: readonly object[],
  rate: number,
  eventsPerRequest: number,
): Promise<readonly Freshness[]> {
  const reader = fork(new URL('./freshness-reader.js', import.meta.url), [url]);
  const requests = Math.floor(deliveries.length / eventsPerRequest);
  await openLoop(rate / eventsPerRequest, requests, async (index, intendedAt) => {
    const from = index * eventsPerRequest;
    const answer = await httpPostEvents(
      `${url}/v1/events`,
      deliveries.slice(from, from + eventsPerRequest),
    );
    const acknowledgedAt = sharedMilliseconds();
    if (answer.status >= 300 || answer.position === undefined) return;
    const { position, text } = answer;
    reader.send({
      position,
      intendedAt,
      acknowledgedAt,
      leaf: leafIn(text),
    } satisfies Acknowledged);
  });
  reader.send('end');
  const [seen] = (await once(reader, 'message')) as [readonly Freshness[]];
  if (seen.length < requests / 2) throw new Error(`Only ${seen.length} of ${requests} were read.`);
  return seen;
}

/** The order that a read asks for, where what was written belongs to one. */
function leafIn(text: string): string | undefined {
  return /"leaf":"(order-[^"]+)"/.exec(text)?.[1];
}
