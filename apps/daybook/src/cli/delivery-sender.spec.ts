import { describe, expect, it } from 'vitest';
import type { DaybookClient } from './api-client.js';
import { sendDeliveries } from './delivery-sender.js';

interface SentDelivery {
  readonly id: string;
}

/** A client that records whatever it is sent, and keeps the requests. */
function recordingClient() {
  const requests: (readonly SentDelivery[])[] = [];
  const client = {
    recordFacts: async (deliveries: readonly SentDelivery[]) => {
      requests.push(deliveries);
      return deliveries.map(({ id }) => ({ outcome: 'recorded', id }));
    },
  } as unknown as DaybookClient;
  return { client, requests };
}

const deliveries = (name: string, count: number, padding = 0): readonly SentDelivery[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${name}${index}`,
    data: 'x'.repeat(padding),
  }));

const sizes = (requests: readonly (readonly SentDelivery[])[]) => requests.map((one) => one.length);

describe('deliveries', () => {
  it('travel with their group, several groups in a request', async () => {
    const { client, requests } = recordingClient();
    const groups = [deliveries('a', 100), deliveries('b', 100), deliveries('c', 100)];
    const tally = await sendDeliveries(client, groups, () => undefined);
    expect(tally.recorded).toBe(300);
    expect(sizes(requests)).toEqual([200, 100]);
  });

  it('of a group too long for a request follow each other in several', async () => {
    const { client, requests } = recordingClient();
    await sendDeliveries(client, [deliveries('a', 600)], () => undefined);
    expect(sizes(requests)).toEqual([250, 250, 100]);
    expect(requests.flat().map(({ id }) => id)).toEqual(deliveries('a', 600).map(({ id }) => id));
  });

  it('that are large go in smaller requests, one alone where it is larger than any', async () => {
    const { client, requests } = recordingClient();
    const groups = [deliveries('a', 4, 100_000), deliveries('b', 1, 400_000), deliveries('c', 1)];
    await sendDeliveries(client, groups, () => undefined);
    expect(sizes(requests).toSorted((left, right) => left - right)).toEqual([1, 1, 2, 2]);
  });

  it('are counted as they are sent', async () => {
    const { client } = recordingClient();
    let sent = 0;
    await sendDeliveries(client, [deliveries('a', 7), [], deliveries('b', 3)], (count) => {
      sent += count;
    });
    expect(sent).toBe(10);
  });
});
