import { sign, verify } from 'node:crypto';
import { isWellFormedText, refuse, type Refusal } from '#kernel';
import { readBase64 } from './key-encoding.js';
import type { SignerKey } from './signer-key.js';
import type { VerifierKey } from './verifier-key.js';

const signatureMark = '— ';
const separator = '\n\n';
const keyIdBytes = 4;

/** The most bytes of a note that is read; a checkpoint has some 300. */
export const noteBytesMax = 65_536;
/** The most signatures of a note that is read. */
export const noteSignaturesMax = 100;

/** Signs a text, C2SP signed note: the text, an empty line and a line with the signature. */
export function signNote(text: string, { verifier, privateKey }: SignerKey): string {
  if (!text.endsWith('\n')) throw new Error('The text of a note ends with a newline.');
  const signature = sign(null, Buffer.from(text), privateKey);
  const line = Buffer.concat([Buffer.from(verifier.keyId, 'hex'), signature]).toString('base64');
  return `${text}\n${signatureMark}${verifier.name} ${line}\n`;
}

/** Why a note is not believed. */
export type NoteRefusal = Refusal<'note_malformed' | 'note_not_signed' | 'note_signature_wrong'>;

/**
 * The text of a note that a key has signed. Signatures of others are left alone, as the standard
 * demands: a witness may add its own.
 */
export function openNote(
  note: string,
  key: VerifierKey,
): { readonly outcome: 'opened'; readonly text: string } | NoteRefusal {
  const parts = partsOf(note);
  if (parts === undefined) {
    return refuse('note_malformed', 'It is no signed note: text, an empty line and signatures.');
  }
  const ours = parts.signatures.filter(
    ({ name, keyId }) => name === key.name && keyId === key.keyId,
  );
  const [signature] = ours;
  if (signature === undefined) {
    const signers = parts.signatures.map(({ name, keyId }) => `${name}+${keyId}`).join(', ');
    const message = `It is not signed by ${key.name}+${key.keyId}, but by ${signers}.`;
    return refuse('note_not_signed', message);
  }
  const isValid = verify(null, Buffer.from(parts.text), key.publicKey, signature.bytes);
  return isValid && ours.length === 1
    ? { outcome: 'opened', text: parts.text }
    : refuse(
        'note_signature_wrong',
        `The signature of ${key.name}+${key.keyId} is not of its text.`,
      );
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

interface NoteParts {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

function partsOf(note: string): NoteParts | undefined {
  if (Buffer.byteLength(note) > noteBytesMax || !isNoteText(note)) return undefined;
  const split = note.lastIndexOf(separator);
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + separator.length, -1).split('\n');
  if (lines.length > noteSignaturesMax) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = signatureOf(line);
    if (signature === undefined) return undefined;
    signatures.push(signature);
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** No control characters but newlines. */
function isNoteText(note: string): boolean {
  if (!isWellFormedText(note)) return false;
  for (let index = 0; index < note.length; index += 1) {
    const code = note.charCodeAt(index);
    if (code < 0x20 && code !== 0x0a) return false;
  }
  return true;
}

function signatureOf(line: string): NoteSignature | undefined {
  if (!line.startsWith(signatureMark)) return undefined;
  const [name = '', base64 = '', ...rest] = line.slice(signatureMark.length).split(' ');
  const bytes = readBase64(base64);
  if (name === '' || rest.length > 0 || bytes === undefined || bytes.length <= keyIdBytes) {
    return undefined;
  }
  return {
    name,
    keyId: bytes.subarray(0, keyIdBytes).toString('hex'),
    bytes: bytes.subarray(keyIdBytes),
  };
}
