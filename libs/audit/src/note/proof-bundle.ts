import { refuse, type Refusal } from '#kernel';
import { hashBytes, hashLeaf } from '../merkle/hashing.js';
import { provesInclusion } from '../merkle/verify-proof.js';
import { type Checkpoint, type CheckpointRefusal, openCheckpoint } from './checkpoint.js';
import { readBase64 } from './key-encoding.js';
import type { VerifierKey } from './verifier-key.js';

const header = 'c2sp.org/tlog-proof@v1';
/** The height of a tree whose size a JavaScript number still counts exactly. */
const hashesMax = 53;

/** The most bytes of a bundle that is read: an event of the largest size in base64, and room. */
export const bundleBytesMax = 4 * 1_048_576;

/** Everything that shows, without the log, that one leaf is in it: C2SP tlog-proof v1. */
export interface ProofBundle {
  /** The bytes that were hashed. They travel as the bundle's `extra` line. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** A signed checkpoint, as it was published. */
  readonly checkpoint: string;
}

/** The text of a bundle, for a file that ends with `.tlog-proof`. */
export function writeProofBundle({ leaf, index, hashes, checkpoint }: ProofBundle): string {
  return [
    header,
    `extra ${base64Of(leaf)}`,
    `index ${index}`,
    ...hashes.map(base64Of),
    '',
    checkpoint,
  ].join('\n');
}

/** Reads a bundle, or returns undefined where the text is none. */
export function readProofBundle(text: string): ProofBundle | undefined {
  const end = text.indexOf('\n\n');
  if (Buffer.byteLength(text) > bundleBytesMax || end < 0) return undefined;
  const [first, extra = '', index = '', ...rest] = text.slice(0, end).split('\n');
  const leaf = extra.startsWith('extra ') ? readBase64(extra.slice(6)) : undefined;
  const number = /^index (0|[1-9]\d{0,15})$/.exec(index)?.[1];
  const hashes = rest.map(readBase64);
  if (first !== header || leaf === undefined || number === undefined) return undefined;
  if (hashes.length > hashesMax || !hashes.every(isHash)) return undefined;
  return { leaf, index: Number(number), hashes, checkpoint: text.slice(end + 2) };
}

export type BundleRefusal = CheckpointRefusal | Refusal<'bundle_malformed' | 'proof_wrong'>;

/** Checks a bundle with nothing but the log's key. */
export function verifyProofBundle(
  text: string,
  key: VerifierKey,
):
  | { readonly outcome: 'proven'; readonly bundle: ProofBundle; readonly checkpoint: Checkpoint }
  | BundleRefusal {
  const bundle = readProofBundle(text);
  if (bundle === undefined) {
    return refuse('bundle_malformed', `It is no bundle of ${header} with its leaf as extra line.`);
  }
  const opened = openCheckpoint(bundle.checkpoint, key);
  if (opened.outcome === 'refused') return opened;
  const { size, root } = opened.checkpoint;
  const claim = { leafHash: hashLeaf(bundle.leaf), index: bundle.index, size, root };
  return provesInclusion(claim, bundle.hashes)
    ? { outcome: 'proven', bundle, checkpoint: opened.checkpoint }
    : refuse('proof_wrong', `The leaf is not the one that was sealed as number ${bundle.index}.`);
}

function isHash(bytes: Buffer | undefined): bytes is Buffer {
  return bytes?.length === hashBytes;
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
