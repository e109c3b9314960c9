import type { EventStoreReader } from '#event-store';

/** The store as the API reads it, with the prefix that makes a stream one of this ledger's. */
export class LedgerStreams {
  constructor(
    readonly store: EventStoreReader,
    readonly prefix: string,
  ) {}
}
