import type { Worker } from 'node:worker_threads';
import type { EventStoreStatistics } from '#event-store';
import type { ProjectorBeat } from './projector-status.js';

/** Listens to the signs of life of the thread that reads the event store for a projector. */
export class FeedWatch {
  #statistics: EventStoreStatistics | undefined;
  #heardAt = performance.now();

  constructor(worker: Pick<Worker, 'on'>) {
    worker.on('message', (statistics: EventStoreStatistics) => {
      this.#statistics = statistics;
      this.#heardAt = performance.now();
    });
  }

  get beat(): ProjectorBeat {
    return {
      feedSilentMilliseconds: performance.now() - this.#heardAt,
      feedStatistics: this.#statistics,
    };
  }
}
