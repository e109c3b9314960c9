import { IdColumn, NumberColumn, SmallNumberColumn } from './column.js';

/** A stream the log knows: its name, and which of the log's events are its own, by revision. */
export interface IndexedStream {
  readonly name: string;
  /** Counts streams in the order of their first events. */
  readonly number: number;
  /** The sequence of the event at each revision, durable or not. */
  readonly sequences: readonly number[];
}

export interface IndexEntry {
  readonly id: Buffer;
  readonly type: string;
  /** The byte of the log at which the event begins. */
  readonly position: number;
  /** Bytes of the event in the log. */
  readonly length: number;
}

interface GrowingStream extends IndexedStream {
  readonly sequences: number[];
}

/**
 * Where everything lies in the log, in memory, rebuilt when the log is opened. An event's *sequence*
 * is its 0-based place in `$all`.
 *
 * Events are added before they are durable, because the next append is decided against them, and
 * become visible when they are: readers, subscribers and answers go by {@link visibleLength}.
 */
export class EventIndex {
  readonly #ids = new IdColumn();
  readonly #positions = new NumberColumn();
  readonly #lengths = new SmallNumberColumn();
  readonly #streamNumbers = new SmallNumberColumn();
  readonly #typeNumbers = new SmallNumberColumn();
  readonly #streams = new Map<string, GrowingStream>();
  readonly #streamsByNumber: GrowingStream[] = [];
  readonly #typeNumberByName = new Map<string, number>();
  readonly #types: string[] = [];
  #visibleLength = 0;

  /** How many events there are, durable or not. */
  get length(): number {
    return this.#positions.length;
  }

  /** How many events there are that may be seen. */
  get visibleLength(): number {
    return this.#visibleLength;
  }

  /** Everything added so far has become durable. */
  makeVisible(): void {
    this.#visibleLength = this.length;
  }

  stream(name: string): IndexedStream | undefined {
    return this.#streams.get(name);
  }

  /** Adds the next event of `$all` to the end of its stream and tells the stream. */
  add(streamName: string, entry: IndexEntry): IndexedStream {
    const stream = this.#streams.get(streamName) ?? this.#addStream(streamName);
    stream.sequences.push(this.length);
    this.#ids.push(entry.id);
    this.#positions.push(entry.position);
    this.#lengths.push(entry.length);
    this.#streamNumbers.push(stream.number);
    this.#typeNumbers.push(this.#typeNumber(entry.type));
    return stream;
  }

  isEvent(sequence: number, stream: IndexedStream, id: Buffer): boolean {
    return this.#streamNumbers.at(sequence) === stream.number && this.#ids.equals(sequence, id);
  }

  hasId(sequence: number, id: Buffer): boolean {
    return this.#ids.equals(sequence, id);
  }

  position(sequence: number): number {
    return this.#positions.at(sequence);
  }

  recordLength(sequence: number): number {
    return this.#lengths.at(sequence);
  }

  streamNumber(sequence: number): number {
    return this.#streamNumbers.at(sequence);
  }

  streamName(streamNumber: number): string {
    return this.#streamsByNumber[streamNumber]?.name ?? '';
  }

  typeNumber(sequence: number): number {
    return this.#typeNumbers.at(sequence);
  }

  typeName(typeNumber: number): string {
    return this.#types[typeNumber] ?? '';
  }

  /** How many of the stream's events may be seen; only its last few can be younger than a sync. */
  visibleRevisions(stream: IndexedStream): number {
    let count = stream.sequences.length;
    while (count > 0 && (stream.sequences[count - 1] ?? 0) >= this.#visibleLength) count -= 1;
    return count;
  }

  /** The sequence of the first visible event at or after a position of the log. */
  sequenceFrom(position: number): number {
    let low = 0;
    let high = this.#visibleLength;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#positions.at(middle) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #addStream(name: string): GrowingStream {
    const number = this.#streamsByNumber.length;
    const stream = { name, number, sequences: [] };
    this.#streams.set(name, stream);
    this.#streamsByNumber.push(stream);
    return stream;
  }

  #typeNumber(type: string): number {
    const known = this.#typeNumberByName.get(type);
    if (known !== undefined) return known;
    this.#types.push(type);
    this.#typeNumberByName.set(type, this.#types.length - 1);
    return this.#types.length - 1;
  }
}
