import type { DaybookClient } from './api-client.js';
import { inParallel } from './in-parallel.js';

/** Events of one request; the API takes 500. */
const batchEventsMax = 250;
const requestsInFlightMax = 4;
const faultsListedMax = 20;

/** A delivery that was not recorded, and why. */
export interface DeliveryFault {
  readonly id: string | null;
  readonly code: string;
  readonly message: string;
}

/** What became of the deliveries that were sent. */
export interface DeliveryTally {
  readonly recorded: number;
  readonly repeated: number;
  readonly quarantined: number;
  readonly refused: number;
  /** The first of those that were not recorded. */
  readonly faults: readonly DeliveryFault[];
}

type Delivery = object;

/**
 * Sends groups of deliveries in batches, several requests at a time. The deliveries of one group
 * arrive in their order: a group travels in one request, or where it is too long for one, in
 * several that wait for each other.
 */
export async function sendDeliveries(
  client: DaybookClient,
  groups: AsyncIterable<readonly Delivery[]> | Iterable<readonly Delivery[]>,
  onSent: (deliveries: number) => void,
): Promise<DeliveryTally> {
  const tally = new Tally();
  await inParallel(requestsInFlightMax, batchesOf(groups), async (deliveries) => {
    for (let from = 0; from < deliveries.length; from += batchEventsMax) {
      const batch = deliveries.slice(from, from + batchEventsMax);
      tally.add(await client.recordFacts(batch));
      onSent(batch.length);
    }
  });
  return tally;
}

/** Fills batches with whole groups. */
async function* batchesOf(
  groups: AsyncIterable<readonly Delivery[]> | Iterable<readonly Delivery[]>,
): AsyncGenerator<readonly Delivery[]> {
  let batch: Delivery[] = [];
  for await (const group of groups) {
    if (batch.length > 0 && batch.length + group.length > batchEventsMax) {
      yield batch;
      batch = [];
    }
    batch.push(...group);
  }
  if (batch.length > 0) yield batch;
}

type Outcomes = Awaited<ReturnType<DaybookClient['recordFacts']>>;

class Tally implements DeliveryTally {
  recorded = 0;
  repeated = 0;
  quarantined = 0;
  refused = 0;
  readonly faults: DeliveryFault[] = [];

  add(outcomes: Outcomes): void {
    for (const outcome of outcomes) {
      this[outcome.outcome] += 1;
      if ('code' in outcome && this.faults.length < faultsListedMax) this.faults.push(outcome);
    }
  }
}
