import type { EventEmitter } from 'node:events';
import { Metadata, type ServerErrorResponse, type status } from '@grpc/grpc-js';

/** Ends a call with an error status, after what was written to it. */
export function failCall(
  call: EventEmitter,
  code: status,
  details: string,
  properties: Readonly<Record<string, string>> = {},
): void {
  call.emit('error', errorResponse(code, details, properties));
}

/** A gRPC error; the properties become the trailers by which a client tells errors apart. */
export function errorResponse(
  code: status,
  details: string,
  properties: Readonly<Record<string, string>> = {},
): ServerErrorResponse {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(properties)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/**
 * The streaming calls that are open. A server cannot shut down gracefully while one is, and a client
 * whose append stream ends without an error waits for its answers forever.
 */
export class OpenCalls {
  readonly #calls = new Set<EventEmitter>();

  /** Counts the call until it is over. */
  add(call: EventEmitter): void {
    this.#calls.add(call);
    const remove = (): boolean => this.#calls.delete(call);
    for (const end of ['close', 'finish', 'cancelled']) call.once(end, remove);
  }

  failAll(code: status, details: string): void {
    for (const call of this.#calls) failCall(call, code, details);
  }
}
