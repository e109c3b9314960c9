import { leafDigest } from '#audit';
import type { EventStore, EventStoreReader, RecordedEvent } from '#event-store';
import { BackupRefused } from './refusal.js';

export interface LedgerCopy {
  readonly source: EventStoreReader;
  readonly target: EventStore;
  readonly streamPrefix: string;
  readonly onEvents?: (events: number) => void;
}

export interface CopyReport {
  /** The ledger events that both stores hold, in the same order. */
  readonly events: number;
  /** Those of them that this run wrote. */
  readonly copied: number;
  /** The sum of the leaf digests modulo 2^256, as `daybook verify` shows it; equal in both stores. */
  readonly digestSum: string;
}

/** As one append takes at most: neighbours in one stream that keep their order in `$all`. */
const appendEventsMax = 500;
const appendBytesMax = 512 * 1024;

/**
 * Copies a ledger in the order of `$all`, so that every event keeps its sequence, its stream and
 * revision, its id and its content: seals over it hold for the copy as well.
 *
 * What the target holds of the ledger must be the beginning of the source; the copy goes on behind
 * it, so that one that was broken off is run again. At the end the target is read anew and compared
 * by count and digests.
 *
 * @throws BackupRefused `copy_differs` where the target holds something else, and nothing is
 *   written; `copy_refused` where it does not take an event
 */
export async function copyLedger(copy: LedgerCopy): Promise<CopyReport> {
  const { source, target, streamPrefix, onEvents = () => undefined } = copy;
  const leafOf = leafReader(streamPrefix);
  const held = target.readAll({ streamPrefix, after: 'start' })[Symbol.asyncIterator]();
  const pending = new PendingAppend(target);
  let sum = 0n;
  let events = 0;
  let isHeld = true;
  for await (const event of source.readAll({ streamPrefix, after: 'start' })) {
    const digest = leafOf(event);
    if (isHeld) {
      const { value, done = false } = await held.next();
      if (done) isHeld = false;
      else if (!leafOf(value).equals(digest)) throw differs(events, event, value);
    }
    if (!isHeld) await pending.add(event);
    sum = add(sum, digest);
    events += 1;
    onEvents(events);
  }
  await refuseMore(held, isHeld, events);
  await pending.write();
  const digestSum = hexadecimal(sum);
  await compareCopy(copy, events, digestSum);
  return { events, copied: pending.written, digestSum };
}

/** Reads the target from the beginning: what counts is what it gives back, not what it acknowledged. */
async function compareCopy(
  { target, streamPrefix }: LedgerCopy,
  events: number,
  digestSum: string,
): Promise<void> {
  const leafOf = leafReader(streamPrefix);
  let sum = 0n;
  let found = 0;
  for await (const event of target.readAll({ streamPrefix, after: 'start' })) {
    sum = add(sum, leafOf(event));
    found += 1;
  }
  if (found === events && hexadecimal(sum) === digestSum) return;
  throw new BackupRefused(
    'copy_differs',
    `The copy holds ${found} events with the digest sum ${hexadecimal(sum)}, and the source ` +
      `${events} with ${digestSum}. Does something else write into the target? Use an empty store.`,
  );
}

/** Collects neighbours of one stream, and appends them where the stream stood in the source. */
class PendingAppend {
  written = 0;
  private events: RecordedEvent[] = [];
  private bytes = 0;

  constructor(private readonly target: EventStore) {}

  async add(event: RecordedEvent): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(event.data));
    const isNeighbour = this.events[0]?.stream === event.stream;
    const hasRoom = this.events.length < appendEventsMax && this.bytes + bytes <= appendBytesMax;
    if (!isNeighbour || !hasRoom) await this.write();
    this.events.push(event);
    this.bytes += bytes;
  }

  async write(): Promise<void> {
    const [first] = this.events;
    if (first === undefined) return;
    const { stream, revision } = first;
    const result = await this.target.append({
      stream,
      expectedRevision: revision === 0 ? 'no_stream' : revision - 1,
      events: this.events.map(({ eventId, type, data, metadata }) => ({
        eventId,
        type,
        data: data as object,
        metadata: metadata as object,
      })),
    });
    if (result.outcome !== 'appended') {
      throw new BackupRefused(
        'copy_refused',
        `The target did not take ${stream} from revision ${revision} on (${result.outcome}` +
          `${'message' in result ? `: ${result.message}` : ''}). What was copied before stands; ` +
          'run the same command again to go on.',
      );
    }
    this.written += this.events.length;
    this.events = [];
    this.bytes = 0;
  }
}

async function refuseMore(
  held: AsyncIterator<RecordedEvent>,
  isHeld: boolean,
  events: number,
): Promise<void> {
  const more = isHeld ? await held.next() : undefined;
  if (more === undefined || more.done === true) return;
  throw new BackupRefused(
    'copy_differs',
    `The target holds the ${events} events of the source and goes on behind them with ` +
      `${more.value.eventId} in ${more.value.stream}. Nothing was written; copy the other way round, ` +
      'or use an empty store.',
  );
}

function differs(sequence: number, expected: RecordedEvent, found: RecordedEvent): BackupRefused {
  return new BackupRefused(
    'copy_differs',
    `The target holds another ledger: its event of sequence ${sequence} is ${found.eventId} in ` +
      `${found.stream}, and the source has ${expected.eventId} in ${expected.stream}. ` +
      'Nothing was written; use an empty store.',
  );
}

function leafReader(streamPrefix: string): (event: RecordedEvent) => Buffer {
  return ({ stream, revision, eventId, type, data, metadata }) =>
    leafDigest({
      stream: stream.slice(streamPrefix.length),
      revision,
      eventId,
      type,
      data,
      metadata,
    });
}

function add(sum: bigint, digest: Buffer): bigint {
  return BigInt.asUintN(256, sum + BigInt(`0x${digest.toString('hex')}`));
}

function hexadecimal(sum: bigint): string {
  return sum.toString(16).padStart(64, '0');
}
