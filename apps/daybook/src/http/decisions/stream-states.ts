import { Injectable } from '@nestjs/common';
import { type StreamEvents, streamEventsFold } from '#domain';
import { readStoredEvent } from '#events';
import { LedgerStreams } from '../streams/ledger-streams.js';
import { WritePath } from '../write-path.js';

/** The most events of a stream that are asked for at once. */
const pageEventsMax = 1_000;

/** A stream read tells no rank in the ledger, and no rule of decisions asks for it. */
const sequenceUnknown = -1;

export type StreamState =
  | { readonly outcome: 'read'; readonly state: StreamEvents }
  | { readonly outcome: 'unreadable'; readonly message: string };

/** Reads streams that a decision on another one leads to, as they are now. */
@Injectable()
export class StreamStates {
  constructor(
    private readonly streams: LedgerStreams,
    private readonly writePath: WritePath,
  ) {}

  /** What lies on a stream; of one that is not there, nothing does. */
  async read(leaf: string): Promise<StreamState> {
    const fold = streamEventsFold(this.writePath.referenceData);
    let state = fold.initial();
    for (let from = 0; ; from += pageEventsMax) {
      const read = await this.streams.store.readStream({
        stream: `${this.streams.prefix}${leaf}`,
        fromRevision: from,
        direction: 'forwards',
        eventsMax: pageEventsMax,
      });
      if (read.outcome === 'stream_not_found') return { outcome: 'read', state };
      for (const event of read.events) {
        const reading = readStoredEvent({ ...event, leaf, sequence: sequenceUnknown });
        if (reading.outcome === 'unreadable') {
          return { outcome: 'unreadable', message: reading.message };
        }
        state = fold.evolve(state, reading.event);
      }
      if (read.events.length < pageEventsMax) return { outcome: 'read', state };
    }
  }
}
