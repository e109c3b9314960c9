import type { AppendRequest } from './append-request.js';
import {
  isMetadataStream,
  isTruncating,
  readMetadata,
  streamDescribedBy,
} from './stream-metadata.js';

/** Somebody tried to make events of a protected stream unreadable. */
export interface RefusedAttempt {
  readonly stream: string;
  readonly attempt: 'soft_delete' | 'tombstone' | 'truncating_metadata';
}

/**
 * The streams that keep all their events readable: those whose names begin with the prefix, and the
 * streams that hold their metadata.
 */
export class ProtectedStreams {
  readonly #prefix: string | undefined;
  readonly #report: (attempt: RefusedAttempt) => void;

  /** @param prefix - protects nothing where it is left out */
  constructor(prefix: string | undefined, report: (attempt: RefusedAttempt) => void) {
    this.#prefix = prefix;
    this.#report = report;
  }

  /** Whether the request is refused, which is reported. */
  refuse(request: AppendRequest): boolean {
    if (this.#prefix === undefined) return false;
    const attempt = attemptOf(request, this.#prefix);
    if (attempt === undefined) return false;
    this.#report({ stream: request.stream, attempt });
    return true;
  }
}

function attemptOf(
  { stream, events, removal }: AppendRequest,
  prefix: string,
): RefusedAttempt['attempt'] | undefined {
  const isOfMetadata = isMetadataStream(stream) && streamDescribedBy(stream).startsWith(prefix);
  if (removal !== undefined) {
    const isProtected = isOfMetadata || stream.startsWith(prefix);
    return isProtected ? removal : undefined;
  }
  const isTruncation = isOfMetadata && events.some((event) => isTruncating(readMetadata(event)));
  return isTruncation ? 'truncating_metadata' : undefined;
}
