import { v5 as uuidVersion5 } from 'uuid';

/** The namespace of every id Daybook derives; changing it would give every fact a second identity. */
export const eventIdNamespace = '2f303b9c-d87c-5681-bb9b-ff7257acd1cd';

/**
 * UUIDv5 (RFC 9562, section 5.5) over parts that cannot run into each other: each part is put into
 * Unicode normalisation form C and framed as a netstring, so `["1","12"]` and `["11","2"]` differ.
 */
export function eventIdOf(parts: readonly string[]): string {
  const frames = parts.map((part) => {
    const bytes = Buffer.from(part.normalize('NFC'), 'utf8');
    return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(',')]);
  });
  return uuidVersion5(Buffer.concat(frames), eventIdNamespace);
}

/** The parts a decision's id is made of, in their order. */
export interface DecisionIdentity {
  /** The client account that asked, `daybook` for Daybook's own decisions. */
  readonly client: string;
  /** The route that took the command, such as `/v1/allocations`. */
  readonly route: string;
  readonly idempotencyKey: string;
  readonly leaf: string;
  /** Counts the events of one command, from `0`. */
  readonly step: string;
}

/** The id of a decision's event: the same command always yields the same ids. */
export function decisionIdOf(identity: DecisionIdentity): string {
  const { client, route, idempotencyKey, leaf, step } = identity;
  return eventIdOf(['decision', client, route, idempotencyKey, leaf, step]);
}
