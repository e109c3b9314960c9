import type { TileSource } from '../merkle/tile.js';

/** A place outside the ledger where seals are kept: checkpoint and tiles, as C2SP tlog-tiles. */
export interface SealTarget extends TileSource {
  readonly kind: 'directory' | 'http';
  /** A folder's path, or an address without user, password and query. */
  readonly place: string;
  /** The signed checkpoint that lies there, or undefined where there is none. */
  readCheckpoint(): Promise<string | undefined>;
  /**
   * Puts a tile there. Tiles never change: one that is there already is compared and left alone.
   *
   * @param path as `tilePath` gives it
   */
  putTile(path: string, hashes: Uint8Array): Promise<'written' | 'present' | 'differs'>;
  /** Puts the newest checkpoint there in one step, once every tile before it is durable. */
  putCheckpoint(note: string): Promise<void>;
}

/** A target cannot be reached, or does not do what it is asked. */
export class SealTargetError extends Error {
  override readonly name = 'SealTargetError';
}
