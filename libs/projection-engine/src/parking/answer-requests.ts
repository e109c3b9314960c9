import type { ClientBase } from 'pg';
import type { Checkpoint } from '../postgres/checkpoint.js';
import type { ParkingSession } from './parking-session.js';
import type { RetryRequests } from './retry-requests.js';

/** Does what the holder was asked for, one request after the other. */
export async function answerRequests<Event, View>(
  requests: RetryRequests,
  parking: ParkingSession<Event, View>,
  client: ClientBase,
  at: Checkpoint,
): Promise<void> {
  for (const request of await requests.open()) {
    await parking.retry(client, at, request.key, (answer) => requests.answer(request, answer));
  }
}
