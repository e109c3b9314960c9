import { mkdir, rm } from 'node:fs/promises';
import {
  GrowingTree,
  hashBytes,
  merkleLeafHash,
  MissingTileError,
  type SizedTile,
  TiledTree,
  tilePath,
  type TileSource,
} from '#audit';
import type { EventStoreReader, RecordedEvent } from '#event-store';
import { DirectoryTarget } from './directory-target.js';
import { sealedLeafOf } from './sealed-leaf.js';
import { readTreeState, type TreeState, writeTreeState } from './tree-state.js';

/** How many full tiles may wait to be written. */
const waitingTilesMax = 64;

export interface KeptTreeParts {
  readonly store: EventStoreReader;
  readonly prefix: string;
  readonly ledgerId: string;
  /** Where its tiles and its right edge are kept. */
  readonly folder: string;
}

/** The tree over every event of a ledger, as far as the store had them when it was asked. */
export interface KeptTree {
  readonly tree: TiledTree;
  /** The size behind the last event that is no seal. */
  readonly contentSize: number;
}

/**
 * Brings the kept tree of a ledger up to the store's end: it reads the events since the last time
 * alone. What is kept serves speed: it is made again where it does not fit, and whoever verifies
 * does not look at it.
 */
export async function bringTreeUpToDate(parts: KeptTreeParts): Promise<KeptTree> {
  const { folder, ledgerId, store } = parts;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const state = await readTreeState(folder);
  if (
    state?.ledgerId === ledgerId &&
    (await store.readAt(state.position))?.eventId === state.eventId
  ) {
    return extend(parts, state);
  }
  return makeTreeAgain(parts);
}

/** Forgets what is kept and makes it from the first event. */
export async function makeTreeAgain(parts: KeptTreeParts): Promise<KeptTree> {
  await rm(parts.folder, { recursive: true, force: true });
  await mkdir(parts.folder, { recursive: true, mode: 0o700 });
  return extend(parts, undefined);
}

async function extend(parts: KeptTreeParts, state: TreeState | undefined): Promise<KeptTree> {
  const { store, prefix, ledgerId, folder } = parts;
  const tiles = new DirectoryTarget(folder);
  const waiting: { readonly tile: SizedTile; readonly hashes: Buffer }[] = [];
  const tree = GrowingTree.from(state?.size ?? 0, state?.edge ?? [], (tile, hashes) => {
    waiting.push({ tile, hashes });
  });
  const write = async (): Promise<void> => {
    for (const { tile, hashes } of waiting.splice(0)) {
      // One that differs was left by something else; the publication notices that it does not fit.
      await tiles.putTile(tilePath(tile), hashes);
    }
  };
  let contentSize = state?.contentSize ?? 0;
  let last: RecordedEvent | undefined;
  for await (const event of store.readAll({
    streamPrefix: prefix,
    after: state?.position ?? 'start',
  })) {
    tree.append(merkleLeafHash(sealedLeafOf(event, prefix)));
    if (event.type !== 'SealPublished') contentSize = tree.size;
    last = event;
    if (waiting.length >= waitingTilesMax) await write();
  }
  await write();
  const edge = edgeOf(tree);
  if (last !== undefined) {
    const { position, eventId } = last;
    await writeTreeState(folder, {
      ledgerId,
      size: tree.size,
      contentSize,
      position,
      eventId,
      edge,
    });
  }
  return { tree: new TiledTree(new KeptTiles(tiles, tree), tree.size), contentSize };
}

function edgeOf(tree: GrowingTree): readonly Buffer[] {
  const edge: Buffer[] = [];
  for (const { tile, hashes } of tree.edge()) edge[tile.level] = Buffer.from(hashes);
  return Array.from(edge, (hashes) => hashes ?? Buffer.of());
}

/** Full tiles from the folder, the others from the right edge. */
class KeptTiles implements TileSource {
  constructor(
    private readonly full: TileSource,
    private readonly growing: GrowingTree,
  ) {}

  async read(tile: SizedTile): Promise<Buffer> {
    const { level, index, width } = tile;
    const edge = this.growing.edge().find((each) => each.tile.level === level);
    if (edge?.tile.index !== index) return this.full.read(tile);
    if (edge.hashes.length < width * hashBytes) throw new MissingTileError(tile, 'the right edge');
    return edge.hashes.subarray(0, width * hashBytes);
  }
}
