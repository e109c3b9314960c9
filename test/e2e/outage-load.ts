import { setTimeout as timer } from 'node:timers/promises';
import type { RunningDaybook } from '../doubles/running-daybook.js';

const batchFacts = 20;
const parcels = 50;
const sendersAtOnce = 3;
/** Sooner than an answer asks for, so that an outage is met by requests throughout. */
const retryMilliseconds = 100;

/** An event as it was acknowledged. */
export interface Place {
  readonly leaf: string;
  readonly revision: number;
}

interface Outcome extends Place {
  readonly outcome: string;
  readonly eventId: string;
}

/**
 * Carriers that deliver without a pause, each batch again under the same ids until it is answered, as
 * whoever is told 503 has to.
 */
export class Load {
  /** Where each event was acknowledged, by its id. */
  readonly acknowledged = new Map<string, Place>();
  /** How often a batch was refused for now, by the problem's code. */
  readonly refusals = new Map<string, number>();
  readonly #daybook: RunningDaybook;
  readonly #senders: Promise<void>;
  readonly #listeners = new Set<() => void>();
  #facts = 0;
  #ending = false;

  constructor(daybook: RunningDaybook) {
    this.#daybook = daybook;
    const senders = Array.from({ length: sendersAtOnce }, () => this.#sendOn());
    this.#senders = Promise.all(senders).then(() => undefined);
    // Whoever waits is told; nobody may be waiting yet.
    this.#senders.catch(() => this.#tell());
  }

  /** Waits until so many more events are acknowledged. */
  async acknowledgedMore(count: number): Promise<void> {
    const wanted = this.acknowledged.size + count;
    const enough = new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.acknowledged.size < wanted) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
    await Promise.race([enough, this.#senders]);
  }

  /** Begins nothing new, and waits until everything that was begun is answered. */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#senders;
  }

  async #sendOn(): Promise<void> {
    while (!this.#ending) {
      const batch = this.#newFacts();
      for (const { eventId, leaf, revision } of await this.#sendUntilAnswered(batch)) {
        const before = this.acknowledged.get(eventId);
        if (before && (before.leaf !== leaf || before.revision !== revision)) {
          throw new Error(
            `${eventId} was acknowledged at ${before.revision} of ${before.leaf}, then at ${revision} of ${leaf}.`,
          );
        }
        this.acknowledged.set(eventId, { leaf, revision });
      }
      this.#tell();
    }
  }

  async #sendUntilAnswered(batch: readonly object[]): Promise<readonly Outcome[]> {
    for (;;) {
      const { status, headers, body } = await this.#daybook.post('/v1/events', batch, {
        'content-type': 'application/cloudevents-batch+json',
      });
      if (status === 200) {
        const { outcomes } = body as { readonly outcomes: readonly Outcome[] };
        const odd = outcomes.find(
          ({ outcome }) => outcome !== 'recorded' && outcome !== 'repeated',
        );
        if (odd) throw new Error(`A fact was not recorded: ${JSON.stringify(odd)}`);
        return outcomes;
      }
      if (status !== 503 || !headers.has('retry-after')) {
        throw new Error(`A batch was answered ${status}: ${JSON.stringify(body)}`);
      }
      const { code } = body as { readonly code: string };
      this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
      await timer(retryMilliseconds);
    }
  }

  #newFacts(): readonly object[] {
    return Array.from({ length: batchFacts }, () => {
      const number = (this.#facts += 1);
      return {
        specversion: '1.0',
        id: `scan-${number}`,
        source: 'carrier',
        type: 'ShipmentScanned',
        objectid: `parcel-${number % parcels}`,
        time: new Date(Date.UTC(2026, 0, 2) + number * 1_000).toISOString(),
        data: { code: 'arrived' },
      };
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
