const digestModulus = 1n << 256n;

/** A leaf digest as a number. */
export function digestNumber(digest: Uint8Array): bigint {
  return BigInt(
    `0x${Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('hex')}`,
  );
}

/** The sum of leaf digests modulo 2^256: equal for the same events, whatever their order. */
export function addDigest(sum: bigint, digest: Uint8Array): bigint {
  return (sum + digestNumber(digest)) % digestModulus;
}
