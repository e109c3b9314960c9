import { describe, expect, it } from 'vitest';
import { hashLeaf } from '../merkle/hashing.js';
import { TileMemory } from '../merkle/tile-memory.js';
import { TiledTree } from '../merkle/tiled-tree.js';
import { openCheckpoint, originOf, signCheckpoint } from './checkpoint.js';
import { readProofBundle, verifyProofBundle, writeProofBundle } from './proof-bundle.js';
import { openNote, signNote } from './signed-note.js';
import { generateSignerKey, parseSignerKey, type SignerKey } from './signer-key.js';
import { parseVerifierKey, type VerifierKey, verifierKeyText } from './verifier-key.js';

/** The example of Go's golang.org/x/mod/sumdb/note, which the standard was written down from. */
const goVerifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goSigner = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const goText =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const goNote =
  `${goText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv` +
  'qfqdngotpRZb6KE6RyyBwJnAM=\n';

function verifierOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if ('outcome' in key) throw new Error(key.message);
  return key;
}

function signerOf(text: string): SignerKey {
  const key = parseSignerKey(text);
  if ('outcome' in key) throw new Error(key.message);
  return key;
}

describe("the example of Go's signed notes", () => {
  it('has keys that are read, and written again, byte for byte', () => {
    expect(verifierKeyText(verifierOf(goVerifier))).toBe(goVerifier);
    expect(verifierKeyText(signerOf(goSigner).verifier)).toBe(goVerifier);
  });
  it('is signed byte for byte', () => {
    expect(signNote(goText, signerOf(goSigner))).toBe(goNote);
  });
  it('is opened', () => {
    expect(openNote(goNote, verifierOf(goVerifier))).toEqual({ outcome: 'opened', text: goText });
  });
  it.each([
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3',
    '',
  ])('has no key %s', (text) => {
    expect(parseVerifierKey(text)).toMatchObject({ code: 'verifier_key_invalid' });
  });
});

describe('a signed note', () => {
  const key = signerOf(generateSignerKey('log.example/one'));
  const note = signNote('one\ntwo\n', key);

  it('is not believed with any character of its text changed', () => {
    for (let index = 0; index < 'one\ntwo\n'.length; index += 1) {
      const changed = `${note.slice(0, index)}x${note.slice(index + 1)}`;
      expect(openNote(changed, key.verifier)).toMatchObject({ outcome: 'refused' });
    }
  });
  it('may carry signatures of others', () => {
    const other = signNote('one\ntwo\n', signerOf(generateSignerKey('witness.example')));
    const both = `${note}${other.split('\n\n')[1] ?? ''}`;
    expect(openNote(both, key.verifier)).toEqual({ outcome: 'opened', text: 'one\ntwo\n' });
  });
  it('says whose it is where the key is another', () => {
    const other = signerOf(generateSignerKey('log.example/one')).verifier;
    expect(openNote(note, other)).toMatchObject({ code: 'note_not_signed' });
    expect(openNote('no note', other)).toMatchObject({ code: 'note_malformed' });
  });
  it('never shows its secret', () => {
    const text = generateSignerKey('log.example/one');
    const secret = text.split('+').at(-1) ?? '';
    expect(JSON.stringify(signerOf(text))).not.toContain(secret);
    expect(parseSignerKey(`${text}=`)).not.toMatchObject({
      message: expect.stringContaining(secret.slice(0, 8)) as string,
    });
  });
});

describe('a bundle', () => {
  const key = signerOf(generateSignerKey(originOf('5f0c6a5e-0000-4000-8000-000000000000')));

  async function givenBundle(): Promise<string> {
    const memory = new TileMemory();
    const leaves = Array.from({ length: 700 }, (_, index) => Buffer.from(`{"leaf":${index}}`));
    for (const leaf of leaves) memory.tree.append(hashLeaf(leaf));
    const checkpoint = { origin: key.verifier.name, size: 700, root: memory.tree.root() };
    const hashes = await new TiledTree(memory, 700).inclusionProof(300);
    const leaf = leaves[300] ?? Buffer.of();
    return writeProofBundle({
      leaf,
      index: 300,
      hashes,
      checkpoint: signCheckpoint(checkpoint, key),
    });
  }

  it('proves its leaf with the key alone', async () => {
    const text = await givenBundle();
    expect(text).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 300\n(\S{44}\n){10}\ndaybook\//,
    );
    const proven = verifyProofBundle(text, key.verifier);
    expect(proven).toMatchObject({ outcome: 'proven', bundle: { index: 300 } });
  });
  it('is not believed with any line of it changed or left out', async () => {
    const lines = (await givenBundle()).split('\n').slice(0, -1);
    for (const index of lines.keys()) {
      const without = lines.toSpliced(index, 1).join('\n');
      expect(verifyProofBundle(`${without}\n`, key.verifier)).toMatchObject({ outcome: 'refused' });
      const changed = lines.with(index, 'AAAA').join('\n');
      expect(verifyProofBundle(`${changed}\n`, key.verifier)).toMatchObject({ outcome: 'refused' });
    }
  });
  it('is not believed for another leaf', async () => {
    const bundle = readProofBundle(await givenBundle());
    if (bundle === undefined) throw new Error('The bundle cannot be read.');
    const other = writeProofBundle({ ...bundle, leaf: Buffer.from('{"leaf":301}') });
    expect(verifyProofBundle(other, key.verifier)).toMatchObject({ code: 'proof_wrong' });
  });
  it('is not believed with the checkpoint of another log', async () => {
    const text = await givenBundle();
    const other = signerOf(generateSignerKey(originOf('other'))).verifier;
    expect(verifyProofBundle(text, other)).toMatchObject({ code: 'note_not_signed' });
  });
});

describe('a checkpoint', () => {
  const key = signerOf(generateSignerKey('daybook/one'));
  it('is refused where its text is none', () => {
    for (const text of ['daybook/one\n', 'daybook/one\n01\nAAAA\n', 'daybook/one\n1\nAAAA\n']) {
      expect(openCheckpoint(signNote(text, key), key.verifier)).toMatchObject({
        code: 'checkpoint_malformed',
      });
    }
  });
  it('is refused where it is of another log than its key', () => {
    const root = hashLeaf(Buffer.of());
    const note = signCheckpoint({ origin: 'daybook/two', size: 1, root }, key);
    expect(openCheckpoint(note, key.verifier)).toMatchObject({ code: 'origin_differs' });
  });
});
