import type { AppendOutcome, AppendRequest } from '../store/append-request.js';
import type { EventLog } from '../store/event-log.js';
import type { ProtectedStreams } from '../store/protected-streams.js';

/** Resolves once the outcome is durable; rejects where nobody can say whether it was written. */
export type TakeAppend = (request: AppendRequest) => Promise<AppendOutcome>;

const ACCESS_DENIED: Promise<AppendOutcome> = Promise.resolve({ outcome: 'access_denied' });

/** Takes what does not offend against protected streams to the log. */
export function takeAppend(log: EventLog, protectedStreams: ProtectedStreams): TakeAppend {
  return (request) => (protectedStreams.refuse(request) ? ACCESS_DENIED : log.append(request));
}
