import {
  APPEND_DATA_BYTES_MAX,
  APPEND_TOTAL_BYTES_MAX,
  type AppendOutcome,
  type AppendRequest,
  type ProposedEvent,
} from '../store/append-request.js';
import { recordedEventLengthMax } from '../wire/recorded-event.js';
import type { AppendOptions, ProposedEvents } from '../wire/append-messages.js';

/** An append whose events arrive in several messages. It is judged as they come, not at the end. */
export class AppendAssembly {
  readonly options: AppendOptions;
  readonly #streamNameBytes: number;
  #events: ProposedEvent[] = [];
  #dataBytes = 0;
  #totalBytes = 0;
  #refusal: AppendOutcome | undefined;

  constructor(options: AppendOptions) {
    this.options = options;
    this.#streamNameBytes = Buffer.byteLength(options.stream);
    if (options.stream === '') this.refuse({ outcome: 'bad_request', message: NAME_EMPTY });
  }

  /** Why this append will not be written, once that is certain. */
  get refusal(): AppendOutcome | undefined {
    return this.#refusal;
  }

  /** Bytes held in memory; a refused append holds none. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  get request(): AppendRequest {
    return { ...this.options, events: this.#events };
  }

  add({ events, problem }: ProposedEvents): void {
    if (this.#refusal !== undefined) return;
    for (const event of events) {
      this.#events.push(event);
      this.#dataBytes += event.data.length;
      this.#totalBytes += recordedEventLengthMax(event, this.#streamNameBytes);
    }
    if (problem !== undefined) this.refuse({ outcome: 'bad_request', message: problem });
    else if (this.#dataBytes > APPEND_DATA_BYTES_MAX) {
      this.refuse({ outcome: 'too_large', bytesMax: APPEND_DATA_BYTES_MAX });
    } else if (this.#totalBytes > APPEND_TOTAL_BYTES_MAX) {
      this.refuse({ outcome: 'too_large', bytesMax: APPEND_TOTAL_BYTES_MAX });
    }
  }

  refuse(refusal: AppendOutcome): void {
    this.#refusal = refusal;
    this.#events = [];
    this.#totalBytes = 0;
  }
}

const NAME_EMPTY = 'the stream name is empty';
