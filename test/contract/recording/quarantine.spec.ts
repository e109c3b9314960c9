import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import type { QuarantineEntry } from '#recording';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { RecordingBench } from './recording-bench.js';

function request(text: string, code = 'field_missing') {
  const rawBody = Buffer.from(text);
  return { source: 'shop.eu', deliveryId: null, rawBody, code, field: 'data', message: 'No data.' };
}

describe('the quarantine', () => {
  let bench: RecordingBench;

  beforeAll(async () => {
    bench = await RecordingBench.start();
  });
  afterAll(async () => {
    await bench.stop();
  });

  it('counts the same bytes, keeps them without card data, and lists page by page', async () => {
    const recorder = bench.recorder(new InMemoryEventStore());
    const bodies = ['a', 'b', 'c', 'd', 'e'].map((name) => `{"name":"${name}"}`);
    await recorder.quarantine(bodies.map((body) => request(body)));
    await recorder.quarantine([request(bodies[0]!), request(bodies[0]!, 'leaf_invalid')]);
    await recorder.quarantine([request('{"note":"card 4111 1111 1111 1111"}')]);

    const seen: QuarantineEntry[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await recorder.listQuarantine(
        cursor == null ? { limit: 2 } : { cursor, limit: 2 },
      );
      expect(page?.entries.length).toBeLessThanOrEqual(2);
      seen.push(...(page?.entries ?? []));
      cursor = page?.next;
    } while (cursor != null);

    expect(seen).toHaveLength(6);
    expect(new Set(seen.map(({ digest }) => digest)).size).toBe(6);
    expect(seen.find(({ digest }) => digest === sha256Hex(bodies[0]!))).toMatchObject({
      count: 3,
      code: 'leaf_invalid',
      source: 'shop.eu',
    });
    const card = sha256Hex('{"note":"card 4111 1111 1111 1111"}');
    const body = await recorder.openQuarantinedBody('shop.eu', card);
    expect(body?.toString()).toBe('{"note":"card ************1111"}');
    expect(await recorder.openQuarantinedBody('shop.eu', sha256Hex('none'))).toBeUndefined();
    expect(await recorder.listQuarantine({ cursor: 'bm90IG91cnM', limit: 2 })).toBeUndefined();
  });
});
