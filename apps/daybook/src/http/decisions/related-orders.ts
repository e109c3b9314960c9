import { Injectable } from '@nestjs/common';
import { type RelatedOrder, relatedOrderOf, type StreamEvents, streamEventsFold } from '#domain';
import { readStoredEvent } from '#events';
import { problemDefinitionOf } from '../problems/problem-registry.js';
import { ProblemError } from '../problems/problem.js';
import { LedgerStreams } from '../streams/ledger-streams.js';
import { WritePath } from '../write-path.js';

/** The most events of a stream that are asked for at once. */
const pageEventsMax = 1_000;

/** A stream read tells no rank in the ledger, and no rule of orders asks for it. */
const sequenceUnknown = -1;

/** Looks at the order that a decision on another one leads to, as its own stream has it now. */
@Injectable()
export class RelatedOrders {
  constructor(
    private readonly streams: LedgerStreams,
    private readonly writePath: WritePath,
  ) {}

  async find(leaf: string): Promise<RelatedOrder> {
    const fold = streamEventsFold(this.writePath.referenceData);
    let state: StreamEvents = fold.initial();
    for (let from = 0; ; from += pageEventsMax) {
      const read = await this.streams.store.readStream({
        stream: `${this.streams.prefix}${leaf}`,
        fromRevision: from,
        direction: 'forwards',
        eventsMax: pageEventsMax,
      });
      if (read.outcome === 'stream_not_found') return relatedOrderOf(leaf, state);
      for (const event of read.events) {
        const reading = readStoredEvent({ ...event, leaf, sequence: sequenceUnknown });
        if (reading.outcome === 'unreadable') throw unreadable(reading.message);
        state = fold.evolve(state, reading.event);
      }
      if (read.events.length < pageEventsMax) return relatedOrderOf(leaf, state);
    }
  }
}

function unreadable(message: string): ProblemError {
  const code = 'stream_unreadable';
  return new ProblemError({ code, detail: `${problemDefinitionOf(code).text} ${message}` });
}
