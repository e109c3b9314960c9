import type { IndexedStream } from '../store/event-index.js';
import type { EventLog } from '../store/event-log.js';
import { hiddenRevisions, type StreamState } from '../store/stream-states.js';
import { readRecordedContents } from '../wire/recorded-contents.js';

/** How many of the stream's first revisions its metadata hides at this instant. */
export async function hiddenFromReaders(
  log: EventLog,
  stream: IndexedStream,
  state: StreamState,
  nowMilliseconds: number,
): Promise<number> {
  const count = log.index.visibleRevisions(stream);
  const hidden = hiddenRevisions(state, count);
  const { ageMillisecondsMax } = state.metadata;
  if (ageMillisecondsMax === Number.POSITIVE_INFINITY) return hidden;
  return firstCreatedSince(
    log,
    stream,
    { low: hidden, high: count },
    nowMilliseconds - ageMillisecondsMax,
  );
}

/** The first revision not created before an instant: events of a stream are created in turn. */
async function firstCreatedSince(
  { records }: EventLog,
  { sequences }: IndexedStream,
  range: { readonly low: number; readonly high: number },
  instantMilliseconds: number,
): Promise<number> {
  let { low, high } = range;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [record] = await records.read([sequences.at(middle) ?? 0]);
    const isOlder =
      record !== undefined && readRecordedContents(record).created < instantMilliseconds;
    if (isOlder) low = middle + 1;
    else high = middle;
  }
  return low;
}
