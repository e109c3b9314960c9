import { refuse, type Refusal } from '#kernel';
import { hashOfPerfect } from '../merkle/hashing.js';
import {
  hashesOfLevel,
  MissingTileError,
  type SizedTile,
  tileHashes,
  tilePath,
  tilesBetween,
} from '../merkle/tile.js';
import type { TiledTree } from '../merkle/tiled-tree.js';
import { type Checkpoint, openCheckpoint, signCheckpoint } from '../note/checkpoint.js';
import type { SignerKey } from '../note/signer-key.js';
import type { SealTarget } from './seal-target.js';

/** How many tiles are on their way to a target at once. */
const tilesInFlightMax = 16;

/** A checkpoint as it lies at a target. */
export interface PublishedSeal {
  readonly checkpoint: Checkpoint;
  /** The signed note. */
  readonly note: string;
}

export type PublishOutcome =
  | (PublishedSeal & {
      readonly outcome: 'published';
      /** The first sequence that the checkpoint before it did not cover. */
      readonly fromSequence: number;
      readonly tilesWritten: number;
    })
  /** Nothing but seals came since the checkpoint that lies there. */
  | (PublishedSeal & { readonly outcome: 'nothing_new' })
  | Refusal<
      | 'target_of_another_log'
      | 'target_ahead'
      | 'target_differs'
      | 'tile_differs'
      | 'nothing_to_seal'
    >;

export interface SealToPublish {
  readonly target: SealTarget;
  readonly tree: TiledTree;
  /** How many leaves it takes until nothing but seals follows: a seal alone is not sealed again. */
  readonly contentSize: number;
  readonly key: SignerKey;
}

/**
 * Brings a tree's tiles and its signed checkpoint to a target, tiles first. A target whose checkpoint
 * this tree does not begin with is refused: what was sealed once is never sealed otherwise.
 *
 * @throws SealTargetError where the target cannot be reached
 * @throws MissingTileError where the tree's own tiles are not there or do not fit together
 */
export async function publishSeal(seal: SealToPublish): Promise<PublishOutcome> {
  const { target, tree, contentSize, key } = seal;
  if (tree.size === 0) return refuse('nothing_to_seal', 'The ledger holds no event to seal.');
  const earlier = await checkEarlier(seal);
  if (earlier?.outcome === 'refused') return earlier;
  if (earlier !== undefined && earlier.checkpoint.size >= contentSize) {
    return { outcome: 'nothing_new', checkpoint: earlier.checkpoint, note: earlier.note };
  }
  const fromSequence = earlier?.checkpoint.size ?? 0;
  const put = await putTiles(target, tree, fromSequence);
  if (put.outcome === 'refused') return put;
  const root = await tree.root();
  const checkpoint = { origin: key.verifier.name, size: tree.size, root };
  const note = signCheckpoint(checkpoint, key);
  await target.putCheckpoint(note);
  return { outcome: 'published', checkpoint, note, fromSequence, tilesWritten: put.tilesWritten };
}

/** What lies at the target, and whether this tree goes on from it. */
async function checkEarlier({
  target,
  tree,
  key,
}: SealToPublish): Promise<
  | (PublishedSeal & { readonly outcome: 'earlier' })
  | Refusal<'target_of_another_log' | 'target_ahead' | 'target_differs'>
  | undefined
> {
  const note = await target.readCheckpoint();
  if (note === undefined) return undefined;
  const opened = openCheckpoint(note, key.verifier);
  if (opened.outcome === 'refused') {
    const message = `${target.place} holds a checkpoint that this ledger's key did not sign: ${opened.message} Two ledgers need two places.`;
    return refuse('target_of_another_log', message);
  }
  const { checkpoint } = opened;
  if (checkpoint.size > tree.size) {
    const message = `${target.place} holds a seal of ${checkpoint.size} events, and the store holds ${tree.size}: its tail was cut off, or it was restored from an older copy. Nothing is published over it.`;
    return refuse('target_ahead', message);
  }
  if (!(await tree.root(checkpoint.size)).equals(checkpoint.root)) {
    const message = `The first ${checkpoint.size} events of the store are not those that were sealed at ${target.place}. Nothing is published over it; "daybook audit verify" names the first that differs.`;
    return refuse('target_differs', message);
  }
  return { outcome: 'earlier', checkpoint, note };
}

async function putTiles(
  target: SealTarget,
  tree: TiledTree,
  fromSequence: number,
): Promise<{ readonly outcome: 'put'; readonly tilesWritten: number } | Refusal<'tile_differs'>> {
  let tilesWritten = 0;
  let differing: string | undefined;
  const tiles = tilesBetween(fromSequence, tree.size);
  const worker = async (): Promise<void> => {
    for (const tile of tiles) {
      if (differing !== undefined) return;
      const path = tilePath(tile);
      const put = await target.putTile(path, await checkedTile(tree, tile));
      if (put === 'differs') differing = path;
      if (put === 'written') tilesWritten += 1;
    }
  };
  await Promise.all(Array.from({ length: tilesInFlightMax }, worker));
  if (differing === undefined) return { outcome: 'put', tilesWritten };
  const message = `${target.place} holds another ${differing} than this ledger has. Tiles never change: two ledgers, or two copies of one, publish to one place.`;
  return refuse('tile_differs', message);
}

/** A tile of the tree; a full one is compared with the hash above it, since it came from a cache. */
async function checkedTile(tree: TiledTree, tile: SizedTile): Promise<Buffer> {
  const { level, index, width } = tile;
  const hashes = await tree.tile(level, index);
  const isCovered = width === tileHashes && index < hashesOfLevel(level + 1, tree.size);
  if (isCovered && !hashOfPerfect(hashes).equals(await tree.hashAt(level + 1, index))) {
    throw new MissingTileError(tile, 'the cache of the tree');
  }
  return hashes;
}
