import { emptyRoot, hashBytes, hashChildren, hashOfPerfect } from './hashing.js';
import {
  hashesOfLevel,
  levelsOfTiles,
  type SizedTile,
  tileBytes,
  tileHashes,
  tileWidth,
} from './tile.js';

/** Takes each tile once it is full; the bytes are its own. */
export type TileSink = (tile: SizedTile, hashes: Buffer) => void;

/**
 * A Merkle tree that leaves are added to. It keeps its right edge alone, the tiles that are not
 * full, and hands every full one on: its memory does not grow with the tree.
 */
export class GrowingTree {
  #size = 0;
  /** By level, the tile that is being filled. */
  readonly #edge: Buffer[] = [];

  constructor(private readonly sink: TileSink) {}

  /**
   * A tree that goes on from a size.
   *
   * @param edge by level, the hashes of the last tile of that size where it is not full
   */
  static from(size: number, edge: readonly Uint8Array[], sink: TileSink): GrowingTree {
    const tree = new GrowingTree(sink);
    tree.#size = size;
    for (let level = 0; level < levelsOfTiles(size); level += 1) {
      const hashes = edge[level] ?? new Uint8Array();
      if (hashes.length !== (hashesOfLevel(level, size) % tileHashes) * hashBytes) {
        throw new Error(`The edge of a tree of ${size} leaves has the wrong length on ${level}.`);
      }
      const tile = Buffer.allocUnsafe(tileBytes);
      tile.set(hashes);
      tree.#edge.push(tile);
    }
    return tree;
  }

  /** How many leaves it has. */
  get size(): number {
    return this.#size;
  }

  append(leafHash: Uint8Array): void {
    this.#add(0, leafHash);
    this.#size += 1;
  }

  /** The tiles that are not full, from the leaves up. */
  edge(): readonly { readonly tile: SizedTile; readonly hashes: Buffer }[] {
    return this.#edge.flatMap((tile, level) => {
      const count = hashesOfLevel(level, this.#size);
      const index = Math.floor(count / tileHashes);
      const width = tileWidth({ level, index }, this.#size);
      return width === 0
        ? []
        : [{ tile: { level, index, width }, hashes: tile.subarray(0, width * hashBytes) }];
    });
  }

  /** The root over all leaves, RFC 6962 section 2.1. */
  root(): Buffer {
    let root: Buffer | undefined;
    for (const { hashes } of this.edge()) {
      for (const part of perfectParts(hashes).reverse()) {
        const hash = hashOfPerfect(part);
        root = root === undefined ? hash : hashChildren(hash, root);
      }
    }
    return root ?? emptyRoot;
  }

  #add(level: number, hash: Uint8Array): void {
    const tile = (this.#edge[level] ??= Buffer.allocUnsafe(tileBytes));
    const before = hashesOfLevel(level, this.#size);
    const slot = before % tileHashes;
    tile.set(hash, slot * hashBytes);
    if (slot < tileHashes - 1) return;
    this.sink({ level, index: Math.floor(before / tileHashes), width: tileHashes }, tile);
    this.#edge[level] = Buffer.allocUnsafe(tileBytes);
    this.#add(level + 1, hashOfPerfect(tile));
  }
}

/** Hashes that stand next to each other, cut from the left into the largest powers of two. */
function perfectParts(hashes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let rest = hashes;
  while (rest.length > 0) {
    const count = rest.length / hashBytes;
    const bytes = 2 ** Math.floor(Math.log2(count)) * hashBytes;
    parts.push(rest.subarray(0, bytes));
    rest = rest.subarray(bytes);
  }
  return parts;
}
