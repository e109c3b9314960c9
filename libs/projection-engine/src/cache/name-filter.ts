const bitsPerName = 128;
const bitsMin = 1_024;
const bitsMax = 2 ** 30;
const probes = 4;

/**
 * Remembers which names were ever given, in a fixed number of bits (a Bloom filter): a name that it
 * does not hold was certainly never given, one that it holds almost certainly was. It stays right when
 * the names themselves had to go from memory.
 */
export class NameFilter {
  private readonly bits: Uint8Array;
  private readonly mask: number;
  private first = 0;
  private second = 0;

  /** @param names how many it is made for; with ten times as many it errs at one in 250. */
  constructor(names: number) {
    const wanted = Math.min(Math.max(names * bitsPerName, bitsMin), bitsMax);
    const size = 2 ** Math.ceil(Math.log2(wanted));
    this.bits = new Uint8Array(size / 8);
    this.mask = size - 1;
  }

  add(name: string): void {
    this.hash(name);
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = this.bit(probe);
      this.bits[bit >>> 3] = (this.bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  /** False: it was never added. True: it was, or this is one of the few mistakes. */
  mayHold(name: string): boolean {
    this.hash(name);
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = this.bit(probe);
      if (((this.bits[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  /** Any number of probes from two hashes: Kirsch and Mitzenmacher, "Less Hashing, Same Performance". */
  private bit(probe: number): number {
    return ((this.first + Math.imul(probe, this.second)) & this.mask) >>> 0;
  }

  private hash(name: string): void {
    let first = 0x811c9dc5;
    let second = 0x9747b28c;
    for (let index = 0; index < name.length; index += 1) {
      const unit = name.charCodeAt(index);
      first = Math.imul(first ^ unit, 0x01000193);
      second = Math.imul(second ^ unit, 0x5bd1e995);
      second ^= second >>> 15;
    }
    this.first = first ^ (first >>> 16);
    this.second = second | 1;
  }
}
