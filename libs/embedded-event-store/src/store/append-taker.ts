import { randomBytes } from 'node:crypto';
import { EMPTY_MESSAGE } from '../wire/encode-message.js';
import { TOMBSTONE_REVISION } from '../wire/recorded-event.js';
import { AppendDecider, type AppendDecision } from './append-decision.js';
import type { AppendGroup, StreamPart } from './append-group.js';
import type { AppendOutcome, AppendRequest, ProposedEvent } from './append-request.js';
import type { EventIndex } from './event-index.js';
import type { RecentEventIds } from './recent-event-ids.js';
import {
  isMetadataStream,
  METADATA_TYPE,
  metadataStreamOf,
  recreatedContent,
  softDeletedContent,
} from './stream-metadata.js';
import { hiddenRevisions, type StreamStates } from './stream-states.js';

/** Decides appends and deletes one after another and puts what they write into a group. */
export class AppendTaker {
  readonly #index: EventIndex;
  readonly #states: StreamStates;
  readonly #decider: AppendDecider;

  constructor(index: EventIndex, states: StreamStates, recentEventIds: RecentEventIds) {
    this.#index = index;
    this.#states = states;
    this.#decider = new AppendDecider(index, states, recentEventIds);
  }

  /** The outcome, which holds once the group is durable. */
  take(request: AppendRequest, group: AppendGroup, now: number): AppendOutcome {
    if (request.deadline !== undefined && request.deadline <= now) {
      return { outcome: 'deadline_exceeded' };
    }
    const decision = this.#decider.decide(request);
    switch (decision.decision) {
      case 'write':
        return this.#write(request, decision, group, now);
      case 'repeat': {
        const revision = decision.lastRevision;
        return { outcome: 'appended', revision, position: this.#position(request, revision) };
      }
      case 'nothing': {
        const position =
          this.#index.length === 0 ? 0 : this.#index.position(this.#index.length - 1);
        return { outcome: 'appended', revision: decision.lastRevision, position };
      }
      case 'stream_deleted':
        return { outcome: 'stream_deleted' };
      default: {
        const expected = request.expectedRevision;
        return { outcome: 'wrong_expected_revision', expected, actual: decision.actual };
      }
    }
  }

  #write(
    request: AppendRequest,
    { firstRevision, isRecreation }: Extract<AppendDecision, { decision: 'write' }>,
    group: AppendGroup,
    now: number,
  ): AppendOutcome {
    const { stream, events } = request;
    if (request.removal === 'tombstone') {
      const part = { stream, events: [tombstone()], firstRevision: TOMBSTONE_REVISION };
      const position = group.add(part, now);
      this.#states.tombstone(stream);
      return { outcome: 'appended', revision: undefined, position };
    }
    if (request.removal === 'soft_delete') {
      const position = group.add(this.#metadata(stream, softDeletedContent()), now);
      return { outcome: 'appended', revision: undefined, position };
    }
    const beginning = isRecreation
      ? this.#metadata(stream, recreatedContent(firstRevision))
      : undefined;
    const position = group.add({ stream, events, firstRevision }, now, beginning);
    const last = events.at(-1);
    if (isMetadataStream(stream) && last !== undefined) this.#states.describe(stream, last);
    return { outcome: 'appended', revision: firstRevision + events.length - 1, position };
  }

  /** New metadata of a stream, which takes effect for the next decision. */
  #metadata(stream: string, data: Buffer): StreamPart {
    const metadataStream = metadataStreamOf(stream);
    const contentType = 'application/json';
    const event = { id: newId(), type: METADATA_TYPE, contentType, metadata: EMPTY_MESSAGE, data };
    this.#states.describe(metadataStream, event);
    const firstRevision = this.#index.stream(metadataStream)?.sequences.length ?? 0;
    return { stream: metadataStream, events: [event], firstRevision };
  }

  /** Where the repeated event stands, unless nobody may see it there. */
  #position({ stream: name }: AppendRequest, revision: number): number | undefined {
    const stream = this.#index.stream(name);
    const sequence = stream?.sequences.at(revision);
    if (stream === undefined || sequence === undefined) return undefined;
    const hidden = hiddenRevisions(this.#states.decided(name), stream.sequences.length);
    return revision < hidden ? undefined : this.#index.position(sequence);
  }
}

function tombstone(): ProposedEvent {
  const contentType = 'application/octet-stream';
  const nothing = { metadata: EMPTY_MESSAGE, data: EMPTY_MESSAGE };
  return { id: newId(), type: TOMBSTONE_TYPE, contentType, ...nothing };
}

/** The type of the event that ends a stream for good. */
export const TOMBSTONE_TYPE = '$streamDeleted';

/** A UUID of version 4 (RFC 9562, section 5.4). */
function newId(): Buffer {
  const id = randomBytes(16);
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x40;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  return id;
}
