import { Buffer } from 'node:buffer';

/** A place in `$all`, as EventStoreDB names it: two unsigned 64-bit numbers. */
export interface StorePosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What an opaque position token says. */
export interface PositionToken extends StorePosition {
  readonly ledgerId: string;
  /** Changes when a ledger is copied, since positions do not survive a copy. */
  readonly storeId: string;
}

const tokenVersion = 1;

/** Writes a token that clients hand back unread: base64url of a small JSON array. */
export function writePositionToken(token: PositionToken): string {
  const fields = [
    tokenVersion,
    token.ledgerId,
    token.storeId,
    token.commit.toString(),
    token.prepare.toString(),
  ];
  return Buffer.from(JSON.stringify(fields), 'utf8').toString('base64url');
}

/** Reads a token, or returns undefined where the text is none of ours. */
export function readPositionToken(text: string): PositionToken | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(fields) || fields.length !== 5 || fields[0] !== tokenVersion) return undefined;
  const [, ledgerId, storeId, commit, prepare] = fields as unknown[];
  if (typeof ledgerId !== 'string' || typeof storeId !== 'string') return undefined;
  if (!isUnsigned64(commit) || !isUnsigned64(prepare)) return undefined;
  return { ledgerId, storeId, commit: BigInt(commit), prepare: BigInt(prepare) };
}

function isUnsigned64(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n;
}

/** Orders two positions of one store. */
export function comparePositions(left: StorePosition, right: StorePosition): number {
  if (left.commit !== right.commit) return left.commit < right.commit ? -1 : 1;
  if (left.prepare !== right.prepare) return left.prepare < right.prepare ? -1 : 1;
  return 0;
}
