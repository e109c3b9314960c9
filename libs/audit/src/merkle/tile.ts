import { hashBytes } from './hashing.js';

/** How many hashes a full tile holds, C2SP tlog-tiles: eight levels of the tree. */
export const tileHashes = 256;
export const tileBytes = tileHashes * hashBytes;

const tileLevels = 8;
const indexGroup = 1_000;

/**
 * A tile of hashes. Those of level 0 are leaf hashes; one of level n is the root over a full tile
 * of level n − 1.
 */
export interface TileId {
  readonly level: number;
  readonly index: number;
}

/** A tile as a tree of some size holds it: its last ones may not be full. */
export interface SizedTile extends TileId {
  /** How many hashes it holds, 1 to 256. */
  readonly width: number;
}

/** Where a tile lies below a log's address, such as `tile/0/x001/x234/067` or `tile/1/000.p/7`. */
export function tilePath({ level, index, width }: SizedTile): string {
  const groups = [paddedGroup(index % indexGroup)];
  for (let rest = Math.floor(index / indexGroup); rest > 0; rest = Math.floor(rest / indexGroup)) {
    groups.unshift(`x${paddedGroup(rest % indexGroup)}`);
  }
  const partial = width === tileHashes ? '' : `.p/${width}`;
  return `tile/${level}/${groups.join('/')}${partial}`;
}

function paddedGroup(number: number): string {
  return String(number).padStart(3, '0');
}

/** How many hashes a tile holds in a tree of so many leaves; 0 where the tree has no such tile. */
export function tileWidth({ level, index }: TileId, size: number): number {
  const rest = hashesOfLevel(level, size) - index * tileHashes;
  return Math.max(0, Math.min(tileHashes, rest));
}

/** How many hashes there are on a level of tiles in a tree of so many leaves. */
export function hashesOfLevel(level: number, size: number): number {
  return Math.floor(size / leavesPerHash(level));
}

/** How many leaves a hash on a level of tiles stands for. */
export function leavesPerHash(level: number): number {
  return 2 ** (tileLevels * level);
}

/** How many levels of tiles a tree of so many leaves has. */
export function levelsOfTiles(size: number): number {
  let levels = 0;
  while (hashesOfLevel(levels, size) > 0) levels += 1;
  return levels;
}

/**
 * The tiles of a tree that one of an earlier size does not have, or has with fewer hashes, level by
 * level from the leaves up.
 */
export function* tilesBetween(earlierSize: number, size: number): Generator<SizedTile> {
  for (let level = 0; level < levelsOfTiles(size); level += 1) {
    const first = Math.floor(hashesOfLevel(level, earlierSize) / tileHashes);
    const end = Math.ceil(hashesOfLevel(level, size) / tileHashes);
    for (let index = first; index < end; index += 1) {
      const width = tileWidth({ level, index }, size);
      if (width > tileWidth({ level, index }, earlierSize)) yield { level, index, width };
    }
  }
}

/** Where the hashes of a tree are read from. */
export interface TileSource {
  /**
   * The first `width` hashes of a tile, next to each other.
   *
   * @throws MissingTileError where they are not there
   */
  read(tile: SizedTile): Promise<Buffer>;
}

/** A log does not have a tile that a tree of its size needs. */
export class MissingTileError extends Error {
  override readonly name = 'MissingTileError';

  constructor(
    readonly tile: SizedTile,
    place: string,
  ) {
    super(`The tile ${tilePath(tile)} is missing, or is not of its length, in ${place}.`);
  }
}
