import 'reflect-metadata';
import type { TimelineAnswer } from '../../apps/daybook/src/http/orders/get-timeline.query.js';
import { startHttpApi } from '../../apps/daybook/src/http/http-api.js';
import type { ApiParts } from '../../apps/daybook/src/http/http-module.js';
import { createLogger } from '../../apps/daybook/src/logging/logger.js';
import { MetricRegistry } from '../../apps/daybook/src/metrics/metric-registry.js';

/* The program's own API over rows that lie in memory: all that the route does but ask the database. */

/** What the route answers of each order. */
export type CannedTimelines = Readonly<Record<string, TimelineAnswer>>;

/** The rows that an item was told of: its own, and those of what is told under it. */
function rowsOf({ under, ...head }: TimelineAnswer['items'][number]): readonly object[] {
  return [
    { ...head, personalData: null, sortAt: null, stage: '', lineOf: null },
    ...under.map((entry) => ({
      ...entry,
      personalData: null,
      sortAt: null,
      stage: '',
      lineOf: head.eventId,
    })),
  ];
}

async function serve(timelines: CannedTimelines): Promise<void> {
  const answers = Object.values(timelines);
  let asked = 0;
  // Which order is asked for is not known here; each answer comes as often as any other.
  const row = async () => {
    const items = answers[asked++ % answers.length]?.items ?? [];
    return { isKnown: true, parked: null, hasErasures: false, entries: items.flatMap(rowsOf) };
  };
  const given = {
    readModels: { row },
    metrics: { registry: new MetricRegistry() },
    writePath: { referenceData: { accounts: {}, legalEntities: {}, authority: [] } },
  };
  // The route asks nothing of the other parts.
  const parts = new Proxy(given, {
    get: (target, name): unknown => Reflect.get(target, name) ?? {},
  }) as unknown as ApiParts;
  const api = await startHttpApi(parts, { port: 0, logger: createLogger('error') });
  process.send?.(`http://127.0.0.1:${api.port}`);
}

process.once('message', (timelines: CannedTimelines) => void serve(timelines));
