import { hashOfPerfect } from './hashing.js';
import { leavesPerHash, levelsOfTiles, type SizedTile, tileHashes } from './tile.js';
import type { TiledTree } from './tiled-tree.js';

/** What comparing a tree with a published one leaf by leaf comes to. */
export type TreeComparison =
  | { readonly outcome: 'equal' }
  | { readonly outcome: 'differs'; readonly index: number }
  /** A tile does not hash to what the tile above it says: it was changed where it was published. */
  | { readonly outcome: 'tile_inconsistent'; readonly tile: SizedTile };

/**
 * The first leaf in which a tree differs from a published one among those that both have, found by
 * descending from the highest hashes: one tile a level is read where the trees are large. The root
 * of the published tree is to be checked before; each tile below it is checked on the way down.
 */
export async function firstDifference(
  own: TiledTree,
  published: TiledTree,
): Promise<TreeComparison> {
  const common = Math.min(own.size, published.size);
  // The leaves before `from` are equal; a difference is known to lie before `end` once it moves.
  let from = 0;
  let end = common;
  for (let level = levelsOfTiles(common) - 1; level >= 0; level -= 1) {
    const leaves = leavesPerHash(level);
    const hashes = Math.floor(end / leaves);
    let index = from / leaves;
    while (index < hashes && (await isEqualAt(own, published, level, index))) index += 1;
    from = index * leaves;
    if (index === hashes) continue;
    end = from + leaves;
    if (level > 0 && !(await isHashOfTile(published, level, index))) {
      const tile = { level: level - 1, index, width: tileHashes };
      return { outcome: 'tile_inconsistent', tile };
    }
  }
  return from < end ? { outcome: 'differs', index: from } : { outcome: 'equal' };
}

async function isEqualAt(
  own: TiledTree,
  published: TiledTree,
  level: number,
  index: number,
): Promise<boolean> {
  return (await own.hashAt(level, index)).equals(await published.hashAt(level, index));
}

/** Whether a hash of the published tree is the root over the tile below it. */
async function isHashOfTile(tree: TiledTree, level: number, index: number): Promise<boolean> {
  const below = await tree.tile(level - 1, index);
  return hashOfPerfect(below).equals(await tree.hashAt(level, index));
}
