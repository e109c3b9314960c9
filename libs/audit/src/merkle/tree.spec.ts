import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference } from './first-difference.js';
import { GrowingTree } from './growing-tree.js';
import { emptyRoot, hashLeaf } from './hashing.js';
import { tilePath, tilesBetween, type SizedTile } from './tile.js';
import { TileMemory } from './tile-memory.js';
import { TiledTree } from './tiled-tree.js';
import { provesConsistency, provesInclusion } from './verify-proof.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const sizeMax = 600;
const runs = isDeep ? 5_000 : 300;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The eight leaves of Certificate Transparency's own tests, with their roots and proofs. */
const publishedLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => Buffer.from(text, 'hex'));
const publishedRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const publishedInclusion = [
  {
    index: 0,
    size: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    index: 2,
    size: 3,
    proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  },
  {
    index: 1,
    size: 5,
    proof: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];
const publishedConsistency = [
  { earlier: 1, later: 1, proof: [] },
  {
    earlier: 1,
    later: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    earlier: 6,
    later: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    earlier: 2,
    later: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

/**
 * A second implementation, after the words of RFC 6962 section 2.1 over plain lists of leaves and
 * with another way to hash; it shares nothing with the one it judges.
 */
const bruteForce = {
  root(leaves: readonly Buffer[]): Buffer {
    if (leaves.length === 0) return sha256();
    const [only] = leaves;
    if (leaves.length === 1 && only) return sha256(Buffer.of(0), only);
    const k = split(leaves.length);
    return sha256(
      Buffer.of(1),
      bruteForce.root(leaves.slice(0, k)),
      bruteForce.root(leaves.slice(k)),
    );
  },
  /** PATH(m, D[n]) */
  path(m: number, leaves: readonly Buffer[]): Buffer[] {
    if (leaves.length === 1) return [];
    const k = split(leaves.length);
    return m < k
      ? [...bruteForce.path(m, leaves.slice(0, k)), bruteForce.root(leaves.slice(k))]
      : [...bruteForce.path(m - k, leaves.slice(k)), bruteForce.root(leaves.slice(0, k))];
  },
  /** SUBPROOF(m, D[n], b) */
  subproof(m: number, leaves: readonly Buffer[], isWhole: boolean): Buffer[] {
    if (m === leaves.length) return isWhole ? [] : [bruteForce.root(leaves)];
    const k = split(leaves.length);
    return m <= k
      ? [...bruteForce.subproof(m, leaves.slice(0, k), isWhole), bruteForce.root(leaves.slice(k))]
      : [
          ...bruteForce.subproof(m - k, leaves.slice(k), false),
          bruteForce.root(leaves.slice(0, k)),
        ];
  },
};

function split(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function leavesOf(count: number, seed = 0): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${seed} ${index}`));
}

function treeOf(leaves: readonly Buffer[]): { readonly tree: TiledTree; readonly root: Buffer } {
  const memory = new TileMemory();
  for (const leaf of leaves) memory.tree.append(hashLeaf(leaf));
  return { tree: new TiledTree(memory, leaves.length), root: memory.tree.root() };
}

/** Every proof with one bit of one hash changed would be too many: one bit that the run picks. */
function flipped(proof: readonly Buffer[], bit: number): readonly Buffer[] {
  const at = bit % (proof.length * 256);
  return proof.map((hash, index) => {
    if (index !== Math.floor(at / 256)) return hash;
    const changed = Buffer.from(hash);
    changed[(at % 256) >> 3] = (changed[(at % 256) >> 3] ?? 0) ^ (1 << (at & 7));
    return changed;
  });
}

describe("Certificate Transparency's published tree of eight leaves", () => {
  it.each(publishedRoots.map((root, index) => ({ size: index + 1, root })))(
    'has the root $root at size $size',
    async ({ size, root }) => {
      expect(hex(treeOf(publishedLeaves.slice(0, size)).root)).toBe(root);
      expect(hex(await treeOf(publishedLeaves).tree.root(size))).toBe(root);
    },
  );
  it('has the hash of nothing as its root when it is empty', async () => {
    const root = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(hex(emptyRoot)).toBe(root);
    expect(hex(await treeOf([]).tree.root())).toBe(root);
  });
  it.each(publishedInclusion)(
    'has the published proof of leaf $index at size $size',
    async ({ index, size, proof }) => {
      const { tree } = treeOf(publishedLeaves);
      expect((await tree.inclusionProof(index, size)).map(hex)).toEqual(proof);
    },
  );
  it.each(publishedConsistency)(
    'has the published proof between sizes $earlier and $later',
    async ({ earlier, later, proof }) => {
      const { tree } = treeOf(publishedLeaves);
      expect((await tree.consistencyProof(earlier, later)).map(hex)).toEqual(proof);
    },
  );
});

describe('a tree of any size', () => {
  it('has the root, at every size, that RFC 6962 describes', () => {
    const leaves = leavesOf(sizeMax);
    const tree = new GrowingTree(() => undefined);
    for (let size = 0; size <= sizeMax; size += 1) {
      if (size % 37 === 0 || (size & (size - 1)) === 0 || size % 256 < 2) {
        expect(hex(tree.root())).toBe(hex(bruteForce.root(leaves.slice(0, size))));
      }
      const leaf = leaves[size];
      if (leaf) tree.append(hashLeaf(leaf));
    }
  });

  it('proves every leaf as RFC 6962 describes, and no changed bit is believed', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: sizeMax }),
      fc.nat(),
      fc.nat(),
      async (size, anyIndex, bit) => {
        const leaves = leavesOf(size);
        const index = anyIndex % size;
        const { tree, root } = treeOf(leaves);
        const proof = await tree.inclusionProof(index);
        expect(proof.map(hex)).toEqual(bruteForce.path(index, leaves).map(hex));
        const leafHash = hashLeaf(leaves[index]!);
        expect(provesInclusion({ leafHash, index, size, root }, proof)).toBe(true);
        const [changedLeaf] = flipped([leafHash], bit);
        const [changedRoot] = flipped([root], bit);
        const wrong = [
          provesInclusion({ leafHash: changedLeaf!, index, size, root }, proof),
          provesInclusion({ leafHash, index, size, root: changedRoot! }, proof),
          provesInclusion({ leafHash, index: index + 1, size, root }, proof),
          provesInclusion({ leafHash, index, size, root }, [...proof, root]),
          proof.length > 0 && provesInclusion({ leafHash, index, size, root }, proof.slice(1)),
          proof.length > 0 && provesInclusion({ leafHash, index, size, root }, flipped(proof, bit)),
        ];
        expect(wrong).toEqual(wrong.map(() => false));
      },
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('proves that it only grew as RFC 6962 describes, and no changed bit is believed', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: sizeMax }),
      fc.nat(),
      fc.nat(),
      async (size, anyEarlier, bit) => {
        const leaves = leavesOf(size);
        const earlier = 1 + (anyEarlier % size);
        const { tree, root } = treeOf(leaves);
        const proof = await tree.consistencyProof(earlier);
        expect(proof.map(hex)).toEqual(bruteForce.subproof(earlier, leaves, true).map(hex));
        const heads = [
          { size: earlier, root: await tree.root(earlier) },
          { size, root },
        ] as const;
        expect(provesConsistency(...heads, proof)).toBe(true);
        const [earlierRoot, laterRoot] = heads.map((head) => flipped([head.root], bit)[0]!);
        const wrong = [
          provesConsistency({ size: earlier, root: earlierRoot! }, heads[1], proof),
          provesConsistency(heads[0], { size, root: laterRoot! }, proof),
          provesConsistency(...heads, [...proof, root]),
          proof.length > 0 && provesConsistency(...heads, flipped(proof, bit)),
          proof.length > 0 && provesConsistency(...heads, proof.slice(0, -1)),
        ];
        expect(wrong).toEqual(wrong.map(() => false));
      },
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('goes on from its right edge as if it had never stopped', () => {
    const property = fc.property(
      fc.integer({ min: 0, max: sizeMax }),
      fc.integer({ min: 0, max: sizeMax }),
      (first, more) => {
        const leaves = leavesOf(first + more);
        const begun = new GrowingTree(() => undefined);
        for (const leaf of leaves.slice(0, first)) begun.append(hashLeaf(leaf));
        const edge: Uint8Array[] = [];
        for (const { tile, hashes } of begun.edge()) edge[tile.level] = hashes;
        const goneOn = GrowingTree.from(first, edge, () => undefined);
        for (const leaf of leaves.slice(first)) goneOn.append(hashLeaf(leaf));
        expect(hex(goneOn.root())).toBe(hex(treeOf(leaves).root));
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  it('publishes tiles that together are those of its size, whatever was published before', () => {
    const property = fc.property(fc.nat({ max: 70_000 }), fc.nat({ max: 70_000 }), (one, other) => {
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      const isFull = ({ width }: SizedTile) => width === 256;
      const before = [...tilesBetween(0, earlier)].filter(isFull).map(tilePath);
      const added = [...tilesBetween(earlier, later)].map(tilePath);
      const all = [...tilesBetween(0, later)].map(tilePath);
      // A partial tile that did not grow was published at the earlier size.
      const unchanged = [...tilesBetween(0, earlier)].map(tilePath);
      expect(
        new Set([...before, ...added, ...unchanged.filter((path) => all.includes(path))]),
      ).toEqual(new Set(all));
      expect(new Set(added).size).toBe(added.length);
    });
    fc.assert(property, { numRuns: 50 });
  });
});

describe('the address of a tile', () => {
  it.each([
    { tile: { level: 0, index: 1_234_067, width: 256 }, path: 'tile/0/x001/x234/067' },
    { tile: { level: 0, index: 0, width: 256 }, path: 'tile/0/000' },
    { tile: { level: 1, index: 1_000, width: 7 }, path: 'tile/1/x001/000.p/7' },
    { tile: { level: 5, index: 999, width: 255 }, path: 'tile/5/999.p/255' },
  ])('is $path', ({ tile, path }) => {
    expect(tilePath(tile)).toBe(path);
  });
});

describe('two trees that differ', () => {
  it('differ first where the first leaf was changed, inserted or removed', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 1_500 }),
      fc.nat(),
      fc.constantFrom('changed', 'removed', 'inserted', 'cut off', 'added' as const),
      async (size, anyIndex, how) => {
        const leaves = leavesOf(size);
        const index = anyIndex % size;
        const other = [...leaves];
        if (how === 'changed') other[index] = Buffer.from('changed');
        if (how === 'removed') other.splice(index, 1);
        if (how === 'inserted') other.splice(index, 0, Buffer.from('inserted'));
        if (how === 'cut off') other.splice(index);
        if (how === 'added') other.push(Buffer.from('added'));
        const isAtEnd = how === 'cut off' || how === 'added';
        const isLastRemoved = how === 'removed' && index === size - 1;
        expect(await firstDifference(treeOf(other).tree, treeOf(leaves).tree)).toEqual(
          isAtEnd || isLastRemoved ? { outcome: 'equal' } : { outcome: 'differs', index },
        );
      },
    );
    await fc.assert(property, { numRuns: isDeep ? 2_000 : 100 });
  });

  it('are not told apart by a tile that was changed where it was published', async () => {
    const leaves = leavesOf(1_000);
    const published = new TileMemory();
    for (const leaf of leaves) published.tree.append(hashLeaf(leaf));
    const changed = new TiledTree(
      {
        read: async (tile) => {
          const hashes = Buffer.from(await published.read(tile));
          if (tile.level === 0 && tile.index === 2) hashes.writeUInt8(hashes.readUInt8(40) ^ 1, 40);
          return hashes;
        },
      },
      leaves.length,
    );
    const own = treeOf(leaves.toSpliced(600, 1, Buffer.from('changed'))).tree;
    expect(await firstDifference(own, changed)).toEqual({
      outcome: 'tile_inconsistent',
      tile: { level: 0, index: 2, width: 256 },
    });
  });
});
