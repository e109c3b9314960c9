import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { RecordedEvent } from '#event-store';
import { ProblemError } from '../problems/problem.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { LedgerStreams } from './ledger-streams.js';

/** An event as the store holds it: personal data stays sealed, as auditors need it. */
export interface StreamEvent {
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  /** For `after`: reads with it hold at least this event. */
  readonly position: string;
}

export interface StreamAnswer {
  readonly leaf: string;
  readonly events: readonly StreamEvent[];
  /** The revision to go on from, or null at the end of the stream as it is now. */
  readonly next: number | null;
}

export class GetStream extends Query<StreamAnswer> {
  constructor(
    readonly leaf: string,
    readonly from: number,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(GetStream)
export class GetStreamHandler implements IQueryHandler<GetStream> {
  constructor(
    private readonly streams: LedgerStreams,
    private readonly tokens: PositionTokens,
  ) {}

  async execute({ leaf, from, limit }: GetStream): Promise<StreamAnswer> {
    const { store, prefix } = this.streams;
    const outcome = await store.readStream({
      stream: `${prefix}${leaf}`,
      fromRevision: from,
      direction: 'forwards',
      eventsMax: limit + 1,
    });
    if (outcome.outcome === 'stream_not_found') {
      throw new ProblemError({ code: 'stream_not_found', detail: `There is no stream ${leaf}.` });
    }
    const events = outcome.events.slice(0, limit).map((event) => this.answerOf(event));
    const next = outcome.events[limit]?.revision ?? null;
    return { leaf, events, next };
  }

  private answerOf(event: RecordedEvent): StreamEvent {
    const { revision, eventId, type, data, metadata, position } = event;
    return { revision, eventId, type, data, metadata, position: this.tokens.write(position) };
  }
}
