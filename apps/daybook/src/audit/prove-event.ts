import {
  type Checkpoint,
  hashLeaf,
  openCheckpoint,
  provesInclusion,
  type SealTarget,
  TiledTree,
  type VerifierKey,
  writeProofBundle,
} from '#audit';
import type { EventStoreReader, RecordedEvent } from '#event-store';
import { canonicalJson, refuse, type Refusal } from '#kernel';
import type { NamedEvent } from './audit-finding.js';
import { sealedLeafOf } from './sealed-leaf.js';
import { namedEventOf } from './store-reading.js';

export interface EventToProve {
  readonly store: EventStoreReader;
  readonly prefix: string;
  /** Where the seal lies that the event is proven against. */
  readonly target: SealTarget;
  readonly key: VerifierKey;
  /** A sequence, or an event's id. */
  readonly event: number | string;
}

export type ProveOutcome =
  | {
      readonly outcome: 'proven';
      readonly sequence: number;
      readonly event: NamedEvent;
      readonly checkpoint: Checkpoint;
      /** The text of a `.tlog-proof` file. */
      readonly bundle: string;
    }
  | Refusal<
      | 'seal_missing'
      | 'checkpoint_refused'
      | 'event_not_found'
      | 'event_not_sealed'
      | 'seal_differs'
    >;

/**
 * The bundle that shows that an event was sealed as it is: its canonical bytes (what was encrypted
 * stays encrypted), the proof from the published tiles, and the published checkpoint.
 *
 * @throws MissingTileError where the target lacks a tile
 */
export async function proveEvent(asked: EventToProve): Promise<ProveOutcome> {
  const { target, key, prefix } = asked;
  const note = await target.readCheckpoint();
  if (note === undefined) {
    return refuse(
      'seal_missing',
      `${target.place} holds no checkpoint. Seal first: daybook audit seal`,
    );
  }
  const opened = openCheckpoint(note, key);
  if (opened.outcome === 'refused') return refuse('checkpoint_refused', opened.message);
  const { checkpoint } = opened;
  const found = await find(asked);
  if (found === undefined) {
    return refuse('event_not_found', `The store holds no event ${asked.event}.`);
  }
  const { sequence, event } = found;
  if (sequence >= checkpoint.size) {
    const message = `The event has the sequence ${sequence}, and the seal at ${target.place} covers ${checkpoint.size} events. Seal again: daybook audit seal`;
    return refuse('event_not_sealed', message);
  }
  const leaf = Buffer.from(canonicalJson(sealedLeafOf(event, prefix)));
  const hashes = await new TiledTree(target, checkpoint.size).inclusionProof(sequence);
  const { size, root } = checkpoint;
  if (!provesInclusion({ leafHash: hashLeaf(leaf), index: sequence, size, root }, hashes)) {
    const message = `The event at sequence ${sequence} is not the one that was sealed there; "daybook audit verify" tells more.`;
    return refuse('seal_differs', message);
  }
  return {
    outcome: 'proven',
    sequence,
    event: namedEventOf(event, event.stream.slice(prefix.length)),
    checkpoint,
    bundle: writeProofBundle({ leaf, index: sequence, hashes, checkpoint: note }),
  };
}

async function find({
  store,
  prefix,
  event: wanted,
}: EventToProve): Promise<
  { readonly sequence: number; readonly event: RecordedEvent } | undefined
> {
  let sequence = 0;
  for await (const event of store.readAll({ streamPrefix: prefix, after: 'start' })) {
    if (sequence === wanted || event.eventId === wanted) return { sequence, event };
    sequence += 1;
  }
  return undefined;
}
