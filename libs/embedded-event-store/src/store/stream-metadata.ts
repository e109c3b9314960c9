import type { ProposedEvent } from './append-request.js';

/** The stream `$$x` holds the metadata of the stream `x`; its newest event is what counts. */
const METADATA_STREAM_PREFIX = '$$';

/** The type of an event that sets a stream's metadata. */
export const METADATA_TYPE = '$metadata';

/** The `$tb` of a stream that was deleted and may be written again: 2^63 − 1, as a double has it. */
const TRUNCATED_BEFORE_EVERYTHING = 2 ** 63;

/** Written as text, for no JSON writer of this language knows the number. */
const SOFT_DELETED_CONTENT = '{"$tb":9223372036854775807}';

/** What a stream's metadata hides from those who read the stream; `$all` shows everything. */
export interface StreamMetadata {
  /** Revisions below it are hidden; above every revision where the stream was soft deleted. */
  readonly truncateBefore: number;
  /** Only so many of the newest events are shown. */
  readonly countMax: number;
  /** Older events are hidden. */
  readonly ageMillisecondsMax: number;
}

export const NO_METADATA: StreamMetadata = {
  truncateBefore: 0,
  countMax: Number.POSITIVE_INFINITY,
  ageMillisecondsMax: Number.POSITIVE_INFINITY,
};

/** Of a stream that holds metadata the newest event alone is shown, as in EventStoreDB. */
export const METADATA_OF_METADATA: StreamMetadata = { ...NO_METADATA, countMax: 1 };

export function isMetadataStream(stream: string): boolean {
  return stream.startsWith(METADATA_STREAM_PREFIX);
}

export function metadataStreamOf(stream: string): string {
  return METADATA_STREAM_PREFIX + stream;
}

/** The stream whose metadata a metadata stream holds. */
export function streamDescribedBy(metadataStream: string): string {
  return metadataStream.slice(METADATA_STREAM_PREFIX.length);
}

export function isSoftDeleted(metadata: StreamMetadata): boolean {
  return metadata.truncateBefore === TRUNCATED_BEFORE_EVERYTHING;
}

/** Whether it hides events that a reader of the stream would otherwise see. */
export function isTruncating(metadata: StreamMetadata): boolean {
  return (
    metadata.truncateBefore > 0 ||
    metadata.countMax !== Number.POSITIVE_INFINITY ||
    metadata.ageMillisecondsMax !== Number.POSITIVE_INFINITY
  );
}

/** What a soft delete writes: it replaces all other metadata. */
export function softDeletedContent(): Buffer {
  return Buffer.from(SOFT_DELETED_CONTENT);
}

/** What the first append after a soft delete writes: the stream begins at that append. */
export function recreatedContent(firstRevision: number): Buffer {
  return Buffer.from(`{"$tb":${firstRevision}}`);
}

/**
 * What an event in a metadata stream says. As in EventStoreDB anything may be written there: content
 * that cannot be understood hides nothing, and so does a bound below one.
 */
export function readMetadata(event: Pick<ProposedEvent, 'type' | 'data'>): StreamMetadata {
  if (event.type !== METADATA_TYPE) return NO_METADATA;
  const content = parseObject(event.data);
  if (content === undefined) return NO_METADATA;
  const bounds = [content['$tb'], content['$maxCount'], content['$maxAge']];
  if (bounds.some((bound) => bound !== undefined && !isWholeNumber(bound))) return NO_METADATA;
  const [truncateBefore, countMax, ageSecondsMax] = bounds as (number | undefined)[];
  return {
    truncateBefore: Math.min(Math.max(0, truncateBefore ?? 0), TRUNCATED_BEFORE_EVERYTHING),
    countMax: positiveOr(countMax, NO_METADATA.countMax),
    ageMillisecondsMax: positiveOr(ageSecondsMax, NO_METADATA.ageMillisecondsMax) * 1_000,
  };
}

function parseObject(data: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(data.toString('utf8'));
    const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isObject ? (content as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

function positiveOr(value: number | undefined, otherwise: number): number {
  return value !== undefined && value > 0 ? value : otherwise;
}
