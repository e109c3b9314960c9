import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceList, StreamSequences } from './stream-sequences.js';

describe('the sequences of streams', () => {
  it('are those that were added, by revision, and are found again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 400 }), (owners) => {
        const sequences = new StreamSequences();
        const expected: number[][] = [[], [], [], [], []];
        for (const _stream of expected) sequences.addStream();
        for (const [sequence, stream] of owners.entries()) {
          sequences.push(stream, sequence);
          expected[stream]?.push(sequence);
        }
        for (const [stream, own] of expected.entries()) {
          const list = new SequenceList(sequences, stream);
          expect(Array.from({ length: list.length }, (_, revision) => list.at(revision))).toEqual(
            own,
          );
          expect(own.map((sequence) => list.revisionOf(sequence))).toEqual([...own.keys()]);
          expect(list.at(own.length)).toBeUndefined();
          expect(list.at(-1)).toBe(own.at(-1));
          const foreign = owners.findIndex((owner) => owner !== stream);
          if (foreign >= 0) expect(list.revisionOf(foreign)).toBe(-1);
        }
      }),
    );
  });

  it('are found in a stream of many blocks of the largest size', () => {
    const sequences = new StreamSequences();
    sequences.addStream();
    const count = 400_000;
    for (let sequence = 0; sequence < count; sequence += 1) sequences.push(0, sequence * 2);
    const list = new SequenceList(sequences, 0);
    expect(list).toHaveLength(count);
    for (const revision of [0, 1, 2, 65_533, 65_534, 65_535, 131_069, 131_070, count - 1]) {
      expect(list.at(revision)).toBe(revision * 2);
      expect(list.revisionOf(revision * 2)).toBe(revision);
    }
  });
});
