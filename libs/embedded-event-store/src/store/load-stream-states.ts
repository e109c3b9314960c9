import { readRecordedContents } from '../wire/recorded-contents.js';
import { TOMBSTONE_REVISION } from '../wire/recorded-event.js';
import { TOMBSTONE_TYPE } from './append-taker.js';
import { batches } from './batches.js';
import type { EventIndex } from './event-index.js';
import type { RecordReader } from './record-reader.js';
import { isMetadataStream } from './stream-metadata.js';
import { StreamStates } from './stream-states.js';

/**
 * Derives the states of all streams from the log: from the newest event of each metadata stream and
 * from the tombstones. Of any other stream no event is read.
 */
export async function loadStreamStates(
  index: EventIndex,
  records: RecordReader,
): Promise<StreamStates> {
  const states = new StreamStates();
  for (const batch of batches(index, telling(index))) {
    for (const [at, record] of (await records.read(batch)).entries()) {
      const stream = index.streamName(index.streamNumber(batch[at] ?? 0));
      const event = readRecordedContents(record);
      if (event.revision === TOMBSTONE_REVISION) states.tombstone(stream);
      else if (isMetadataStream(stream)) states.describe(stream, event);
    }
  }
  states.makeVisible();
  return states;
}

/** The last events of the streams that may have something to tell. */
function* telling(index: EventIndex): Generator<number> {
  for (const stream of index.streams()) {
    const last = stream.sequences.at(-1);
    if (last === undefined) continue;
    const isTombstone = index.typeName(index.typeNumber(last)) === TOMBSTONE_TYPE;
    if (isTombstone || isMetadataStream(stream.name)) yield last;
  }
}
