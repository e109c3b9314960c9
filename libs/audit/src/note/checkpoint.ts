import { refuse, type Refusal } from '#kernel';
import { hashBytes } from '../merkle/hashing.js';
import type { TreeHead } from '../merkle/verify-proof.js';
import { readBase64 } from './key-encoding.js';
import { type NoteRefusal, openNote, signNote } from './signed-note.js';
import type { SignerKey } from './signer-key.js';
import type { VerifierKey } from './verifier-key.js';

/** What a log says of itself at a size, C2SP tlog-checkpoint. */
export interface Checkpoint extends TreeHead {
  /** Names the log; for a ledger `daybook/<ledger id>`. */
  readonly origin: string;
  readonly root: Buffer;
}

/** The origin of a ledger's log; also the name its key signs under. */
export function originOf(ledgerId: string): string {
  return `daybook/${ledgerId}`;
}

/** The signed note of a checkpoint. */
export function signCheckpoint({ origin, size, root }: Checkpoint, key: SignerKey): string {
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, key);
}

export type CheckpointRefusal = NoteRefusal | Refusal<'checkpoint_malformed' | 'origin_differs'>;

/** Reads a checkpoint that a log signed; its origin must be the name of the key. */
export function openCheckpoint(
  note: string,
  key: VerifierKey,
): { readonly outcome: 'opened'; readonly checkpoint: Checkpoint } | CheckpointRefusal {
  const opened = openNote(note, key);
  if (opened.outcome === 'refused') return opened;
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint === undefined) {
    return refuse(
      'checkpoint_malformed',
      'It is no checkpoint: origin, size and root, line by line.',
    );
  }
  return checkpoint.origin === key.name
    ? { outcome: 'opened', checkpoint }
    : refuse('origin_differs', `It is of the log ${checkpoint.origin}, not of ${key.name}.`);
}

/** Lines after the third extend a checkpoint; their meaning is not ours and they are left alone. */
function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const rootBytes = readBase64(root);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || rootBytes?.length !== hashBytes) {
    return undefined;
  }
  const leaves = Number(size);
  return Number.isSafeInteger(leaves) ? { origin, size: leaves, root: rootBytes } : undefined;
}
