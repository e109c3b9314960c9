import { GrowingTree } from './growing-tree.js';
import { hashBytes } from './hashing.js';
import { MissingTileError, type SizedTile, tileHashes, type TileSource } from './tile.js';

/** A growing tree with all its tiles in memory: some 32 bytes a leaf. */
export class TileMemory implements TileSource {
  /** By level, its full tiles in order. */
  readonly #tiles: Buffer[][] = [];
  readonly tree = new GrowingTree(({ level }, hashes) => {
    (this.#tiles[level] ??= []).push(hashes);
  });

  async read(tile: SizedTile): Promise<Buffer> {
    const { level, index, width } = tile;
    const full = this.#tiles[level]?.[index];
    const edge = this.tree.edge().find((each) => each.tile.level === level);
    const hashes = full ?? (edge?.tile.index === index ? edge.hashes : undefined);
    if (hashes === undefined || width > tileHashes || hashes.length < width * hashBytes) {
      throw new MissingTileError(tile, 'memory');
    }
    return hashes.subarray(0, width * hashBytes);
  }
}
