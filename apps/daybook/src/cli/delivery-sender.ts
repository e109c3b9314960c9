import type { DaybookClient } from './api-client.js';
import { inParallel } from './in-parallel.js';

/** Events of one request; the API takes 500. */
const batchEventsMax = 250;
/** Characters of one request, unless one event has more: what takes long to read is sent in parts. */
const batchCharactersMax = 256 * 1_024;
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
    for (const batch of requestsOf(deliveries)) {
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
  let characters = 0;
  for await (const group of groups) {
    const more = group.reduce((sum, delivery) => sum + charactersOf(delivery), 0);
    if (batch.length > 0 && isTooMuch(batch.length + group.length, characters + more)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(...group);
    characters += more;
  }
  if (batch.length > 0) yield batch;
}

/** Cuts what is too much for one request, such as a long group. */
function* requestsOf(deliveries: readonly Delivery[]): Generator<readonly Delivery[]> {
  let batch: Delivery[] = [];
  let characters = 0;
  for (const delivery of deliveries) {
    const more = charactersOf(delivery);
    if (batch.length > 0 && isTooMuch(batch.length + 1, characters + more)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(delivery);
    characters += more;
  }
  if (batch.length > 0) yield batch;
}

function isTooMuch(events: number, characters: number): boolean {
  return events > batchEventsMax || characters > batchCharactersMax;
}

function charactersOf(delivery: Delivery): number {
  return JSON.stringify(delivery).length;
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
