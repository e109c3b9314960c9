import { emptyRoot, hashBytes, hashChildren, hashOfPerfect } from './hashing.js';
import { hashesOfLevel, tileHashes, type TileSource, tileWidth } from './tile.js';

const levelsPerTile = 8;

/**
 * A Merkle tree of a known size whose hashes are read as tiles. Roots and proofs of every smaller
 * size can be taken from it too, since a log only grows.
 */
export class TiledTree {
  readonly #read = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly tiles: TileSource,
    /** How many leaves it has. */
    readonly size: number,
  ) {}

  /** The root over the first leaves, RFC 6962 section 2.1; over all of them where no size is given. */
  root(size = this.size): Promise<Buffer> {
    this.#checkSize(size);
    return size === 0 ? Promise.resolve(emptyRoot) : this.#hashOfRange(0, size);
  }

  /** The hashes that lead from a leaf to the root of a size, RFC 6962 section 2.1.1. */
  async inclusionProof(index: number, size = this.size): Promise<readonly Buffer[]> {
    this.#checkSize(size);
    if (index < 0 || index >= size) {
      throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
    }
    const proof: Buffer[] = [];
    let [start, end] = [0, size];
    while (end - start > 1) {
      const split = start + largestPowerBelow(end - start);
      if (index < split) {
        proof.unshift(await this.#hashOfRange(split, end));
        end = split;
      } else {
        proof.unshift(await this.#hashOfRange(start, split));
        start = split;
      }
    }
    return proof;
  }

  /**
   * The hashes that show that the first leaves of one size are those of an earlier one,
   * RFC 6962 section 2.1.2; empty where the sizes are equal or the earlier one is 0.
   */
  async consistencyProof(earlier: number, size = this.size): Promise<readonly Buffer[]> {
    this.#checkSize(size);
    if (earlier < 0 || earlier > size) {
      throw new RangeError(`A tree of ${size} leaves has no earlier size ${earlier}.`);
    }
    if (earlier === 0 || earlier === size) return [];
    const proof: Buffer[] = [];
    let [start, end] = [0, size];
    while (end !== earlier) {
      const split = start + largestPowerBelow(end - start);
      if (earlier <= split) {
        proof.unshift(await this.#hashOfRange(split, end));
        end = split;
      } else {
        proof.unshift(await this.#hashOfRange(start, split));
        start = split;
      }
    }
    // Where nothing was cut off on the left, the earlier root itself is known to who checks.
    return start === 0 ? proof : [await this.#hashOfRange(start, end), ...proof];
  }

  /** The hash of a leaf. */
  leafHash(index: number): Promise<Buffer> {
    return this.hashAt(0, index);
  }

  /** A hash of a level of tiles, which stands for 256 ** level leaves. */
  async hashAt(level: number, index: number): Promise<Buffer> {
    const tile = await this.tile(level, Math.floor(index / tileHashes));
    const from = (index % tileHashes) * hashBytes;
    return tile.subarray(from, from + hashBytes);
  }

  /** How many hashes there are on a level of tiles. */
  hashesOfLevel(level: number): number {
    return hashesOfLevel(level, this.size);
  }

  async #hashOfRange(start: number, end: number): Promise<Buffer> {
    const length = end - start;
    const split = largestPowerBelow(length);
    if (length === 1 || split * 2 === length) return this.#hashOfPerfectRange(start, length);
    const left = await this.#hashOfRange(start, start + split);
    return hashChildren(left, await this.#hashOfRange(start + split, end));
  }

  /** The root over a range that is a power of two long and begins at a multiple of its length. */
  async #hashOfPerfectRange(start: number, length: number): Promise<Buffer> {
    const height = Math.log2(length);
    const level = Math.floor(height / levelsPerTile);
    const leavesPerHash = 2 ** (level * levelsPerTile);
    const first = start / leavesPerHash;
    const tile = await this.tile(level, Math.floor(first / tileHashes));
    const from = (first % tileHashes) * hashBytes;
    return hashOfPerfect(tile.subarray(from, from + (length / leavesPerHash) * hashBytes));
  }

  /** The hashes of a tile, as many as this size has. */
  tile(level: number, index: number): Promise<Buffer> {
    const key = `${level}/${index}`;
    let tile = this.#read.get(key);
    if (tile === undefined) {
      tile = this.tiles.read({ level, index, width: tileWidth({ level, index }, this.size) });
      this.#read.set(key, tile);
    }
    return tile;
  }

  #checkSize(size: number): void {
    if (Number.isSafeInteger(size) && size >= 0 && size <= this.size) return;
    throw new RangeError(`A tree of ${this.size} leaves has no size ${size}.`);
  }
}

/** The largest power of two that is less than a number greater than one; 1 for 1 itself. */
function largestPowerBelow(number: number): number {
  let power = 1;
  while (power * 2 < number) power *= 2;
  return power;
}
