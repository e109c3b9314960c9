import { firstDifference } from '../merkle/first-difference.js';
import { MissingTileError, tilePath, type TileSource } from '../merkle/tile.js';
import { TiledTree } from '../merkle/tiled-tree.js';
import { provesConsistency } from '../merkle/verify-proof.js';
import { type Checkpoint, type CheckpointRefusal, openCheckpoint } from '../note/checkpoint.js';
import type { VerifierKey } from '../note/verifier-key.js';

/** How far behind a difference the events that follow it are looked for. */
const lookedAheadLeavesMax = 256;

/** A seal somebody holds. */
export interface GivenSeal {
  /** Where it was read: a path or an address. */
  readonly place: string;
  /** The signed checkpoint. */
  readonly note: string;
  /** The tiles that were published with it; without them a difference cannot be named. */
  readonly tiles?: TileSource;
}

/** What became of the events that were sealed, told from the leaf hashes alone. */
export type DifferenceKind =
  /** Events at the end are not there any more. */
  | 'truncated'
  /** Events in the middle are not there any more; those behind them are. */
  | 'removed'
  /** An event stands where another was sealed, and those behind it stand where they did. */
  | 'changed'
  /** Events stand before those that were sealed there. */
  | 'inserted'
  /** From there on nothing is as it was sealed. */
  | 'replaced';

export interface SealDifference {
  readonly kind: DifferenceKind;
  /** The first sequence that differs, the place of a leaf from 0 on. */
  readonly sequence: number;
  /** How many events were removed or inserted there, as far as that can be told. */
  readonly events?: number;
  /** The hash of the leaf that was sealed there. */
  readonly sealedLeafHash: Buffer;
}

export type SealComparison =
  | { readonly outcome: 'sound'; readonly checkpoint: Checkpoint }
  | {
      readonly outcome: 'differs';
      readonly checkpoint: Checkpoint;
      /** Absent where the tiles are missing, or are not those of the checkpoint. */
      readonly difference?: SealDifference;
      readonly message: string;
    }
  | CheckpointRefusal;

/** Compares a tree that was read from a store with a seal. */
export async function compareWithSeal(
  own: TiledTree,
  seal: GivenSeal,
  key: VerifierKey,
): Promise<SealComparison> {
  const opened = openCheckpoint(seal.note, key);
  if (opened.outcome === 'refused') return opened;
  const { checkpoint } = opened;
  const { size, root } = checkpoint;
  if (own.size >= size && (await own.root(size)).equals(root)) {
    return { outcome: 'sound', checkpoint };
  }
  const message =
    own.size < size
      ? `${size} events were sealed, and the store holds ${own.size}.`
      : `The first ${size} events of the store are not those that were sealed.`;
  if (seal.tiles === undefined) {
    const unnamed = `${message} Which one differs first only the tiles tell that were published with it.`;
    return { outcome: 'differs', checkpoint, message: unnamed };
  }
  const found = await descend(own, new TiledTree(seal.tiles, size), checkpoint);
  return typeof found === 'string'
    ? { outcome: 'differs', checkpoint, message: `${message} ${found}` }
    : { outcome: 'differs', checkpoint, difference: found, message };
}

async function descend(
  own: TiledTree,
  sealed: TiledTree,
  { root }: Checkpoint,
): Promise<SealDifference | string> {
  try {
    if (!(await sealed.root()).equals(root)) {
      return 'The tiles are not those of the checkpoint: they were changed where they lie.';
    }
    const found = await firstDifference(own, sealed);
    if (found.outcome === 'tile_inconsistent') {
      return `The tile ${tilePath(found.tile)} was changed where it lies.`;
    }
    const sequence = found.outcome === 'equal' ? own.size : found.index;
    return await describe(own, sealed, sequence);
  } catch (error) {
    if (error instanceof MissingTileError) return error.message;
    throw error;
  }
}

async function describe(
  own: TiledTree,
  sealed: TiledTree,
  sequence: number,
): Promise<SealDifference> {
  const sealedLeafHash = await sealed.leafHash(sequence);
  const difference = { sequence, sealedLeafHash };
  if (sequence === own.size) {
    return { ...difference, kind: 'truncated', events: sealed.size - own.size };
  }
  const shift = await shiftBehind(own, sealed, sequence);
  if (shift === undefined) return { ...difference, kind: 'replaced' };
  if (shift === 0) return { ...difference, kind: 'changed' };
  const kind = shift > 0 ? 'removed' : 'inserted';
  return { ...difference, kind, events: Math.abs(shift) };
}

/**
 * By how many places the leaves behind a difference were sealed further on, told by the first of
 * them that was sealed at all: one that is gone shifts those of its own stream too, whose revisions
 * then differ. Undefined where none near it is known.
 */
async function shiftBehind(
  own: TiledTree,
  sealed: TiledTree,
  sequence: number,
): Promise<number | undefined> {
  const places = new Map<string, number>();
  const sealedEnd = Math.min(sealed.size, sequence + 2 * lookedAheadLeavesMax);
  for (let place = sequence; place < sealedEnd; place += 1) {
    places.set((await sealed.leafHash(place)).toString('hex'), place);
  }
  const ownEnd = Math.min(own.size, sequence + lookedAheadLeavesMax);
  for (let place = sequence; place < ownEnd; place += 1) {
    const sealedAt = places.get((await own.leafHash(place)).toString('hex'));
    if (sealedAt !== undefined) return sealedAt - place;
  }
  return undefined;
}

/**
 * Whether two checkpoints of one log tell one story: the later one's tiles prove that it begins with
 * the earlier one.
 */
export async function areConsistent(
  earlier: Checkpoint,
  later: Checkpoint,
  tiles: TileSource,
): Promise<boolean> {
  const tree = new TiledTree(tiles, later.size);
  return provesConsistency(earlier, later, await tree.consistencyProof(earlier.size));
}
