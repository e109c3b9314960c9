import { IdColumn, NumberColumn, SmallNumberColumn } from './column.js';
import { SequenceList, StreamSequences } from './stream-sequences.js';

/** A stream the log knows: its name, and which of the log's events are its own, by revision. */
export interface IndexedStream {
  readonly name: string;
  /** Counts streams in the order of their first events. */
  readonly number: number;
  /** The sequence of the event at each revision, durable or not; grows with the stream. */
  readonly sequences: SequenceList;
}

export interface IndexEntry {
  /** The sixteen bytes of the event's id begin at `idAt`. */
  readonly id: Buffer;
  readonly idAt?: number;
  readonly type: string;
  /** The event's position: the byte of the log at which it begins. */
  readonly position: number;
  /** Bytes of the event in the log. */
  readonly length: number;
  /** CRC-32 of the event's bytes in the log, by which every read of them is checked. */
  readonly checksum: number;
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
  readonly #checksums = new SmallNumberColumn();
  readonly #streamNumbers = new SmallNumberColumn();
  readonly #typeNumbers = new SmallNumberColumn();
  readonly #sequences = new StreamSequences();
  readonly #streamNumberByName = new Map<string, number>();
  readonly #streamNames: string[] = [];
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
    const number = this.#streamNumberByName.get(name);
    return number === undefined ? undefined : this.#view(name, number);
  }

  /** Adds the next event of `$all` to the end of its stream and tells the stream. */
  add(streamName: string, entry: IndexEntry): IndexedStream {
    const number = this.numberOfStream(streamName);
    this.addNumbered(number, this.numberOfType(entry.type), entry);
    return this.#view(streamName, number);
  }

  /** The number of a stream; one that is not known yet gets the next and has no event. */
  numberOfStream(name: string): number {
    const known = this.#streamNumberByName.get(name);
    if (known !== undefined) return known;
    const number = this.#streamNames.length;
    this.#streamNumberByName.set(name, number);
    this.#streamNames.push(name);
    this.#sequences.addStream();
    return number;
  }

  numberOfType(type: string): number {
    const known = this.#typeNumberByName.get(type);
    if (known !== undefined) return known;
    this.#types.push(type);
    this.#typeNumberByName.set(type, this.#types.length - 1);
    return this.#types.length - 1;
  }

  /** Every stream, in the order of their first events. */
  *streams(): Generator<IndexedStream> {
    for (const [number, name] of this.#streamNames.entries()) yield this.#view(name, number);
  }

  /** Adds the next event of `$all`, its stream and type given by their numbers. */
  addNumbered(stream: number, type: number, entry: Omit<IndexEntry, 'type'>): void {
    this.#sequences.push(stream, this.length);
    this.#ids.push(entry.id, entry.idAt);
    this.#lengths.push(entry.length);
    this.#checksums.push(entry.checksum);
    this.#streamNumbers.push(stream);
    this.#typeNumbers.push(type);
    this.#positions.push(entry.position);
  }

  isEvent(sequence: number, stream: IndexedStream, id: Buffer): boolean {
    return this.#streamNumbers.at(sequence) === stream.number && this.#ids.equals(sequence, id);
  }

  hasId(sequence: number, id: Buffer): boolean {
    return this.#ids.equals(sequence, id);
  }

  /** Writes the sixteen bytes of an event's id. */
  copyId(sequence: number, target: Buffer, at: number): void {
    this.#ids.copyTo(target, at, sequence);
  }

  position(sequence: number): number {
    return this.#positions.at(sequence);
  }

  recordLength(sequence: number): number {
    return this.#lengths.at(sequence);
  }

  /** CRC-32 of the event's bytes in the log. */
  recordChecksum(sequence: number): number {
    return this.#checksums.at(sequence);
  }

  streamNumber(sequence: number): number {
    return this.#streamNumbers.at(sequence);
  }

  streamName(streamNumber: number): string {
    return this.#streamNames[streamNumber] ?? '';
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
    while (count > 0 && (stream.sequences.at(count - 1) ?? 0) >= this.#visibleLength) count -= 1;
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

  #view(name: string, number: number): IndexedStream {
    return { name, number, sequences: new SequenceList(this.#sequences, number) };
  }
}
