import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorePosition } from '#kernel';

/** How far the kept tree of a ledger has come, and its right edge. */
export interface TreeState {
  readonly ledgerId: string;
  /** How many events it covers. */
  readonly size: number;
  /** The size behind the last event that is no seal. */
  readonly contentSize: number;
  /** The last event it covers. */
  readonly position: StorePosition;
  readonly eventId: string;
  /** By level, the hashes of the tile that is not full. */
  readonly edge: readonly Buffer[];
}

const fileName = 'tree.json';
const stateVersion = 1;

/** The state, or undefined where there is none that can be used: it is then made again. */
export async function readTreeState(folder: string): Promise<TreeState | undefined> {
  let state: unknown;
  try {
    state = JSON.parse(await readFile(join(folder, fileName), 'utf8'));
  } catch {
    return undefined;
  }
  return isStored(state)
    ? {
        ledgerId: state.ledgerId,
        size: state.size,
        contentSize: state.contentSize,
        position: { commit: BigInt(state.commit), prepare: BigInt(state.prepare) },
        eventId: state.eventId,
        edge: state.edge.map((hashes) => Buffer.from(hashes, 'base64')),
      }
    : undefined;
}

export async function writeTreeState(folder: string, state: TreeState): Promise<void> {
  const { ledgerId, size, contentSize, position, eventId, edge } = state;
  const stored: StoredState = {
    version: stateVersion,
    ledgerId,
    size,
    contentSize,
    commit: position.commit.toString(),
    prepare: position.prepare.toString(),
    eventId,
    edge: edge.map((hashes) => hashes.toString('base64')),
  };
  const file = join(folder, fileName);
  const draft = `${file}-unfinished`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(stored)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

interface StoredState {
  readonly version: number;
  readonly ledgerId: string;
  readonly size: number;
  readonly contentSize: number;
  readonly commit: string;
  readonly prepare: string;
  readonly eventId: string;
  readonly edge: readonly string[];
}

function isStored(state: unknown): state is StoredState {
  if (typeof state !== 'object' || state === null) return false;
  const { version, ledgerId, size, contentSize, commit, prepare, eventId, edge } = state as Partial<
    Record<keyof StoredState, unknown>
  >;
  return (
    version === stateVersion &&
    [ledgerId, eventId].every((text) => typeof text === 'string') &&
    [commit, prepare].every((text) => typeof text === 'string' && /^\d{1,20}$/.test(text)) &&
    [size, contentSize].every((number) => Number.isSafeInteger(number)) &&
    Array.isArray(edge) &&
    edge.every((hashes) => typeof hashes === 'string')
  );
}
