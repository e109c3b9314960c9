import type { EventStoreReader } from '#event-store';
import { describe, expect, it } from 'vitest';
import { LedgerStreams } from '../streams/ledger-streams.js';
import { KnownTail } from './known-tail.js';

const at = (commit: number) => ({ commit: BigInt(commit), prepare: BigInt(commit) });

/** A store whose reads of the tail are answered when a specification says so. */
function givenStore() {
  const answers: ((commit: number) => void)[] = [];
  const readTail = () =>
    new Promise((resolve) => {
      answers.push((commit) => resolve({ position: at(commit) }));
    });
  const store = { readTail } as unknown as EventStoreReader;
  return { tail: new KnownTail(new LedgerStreams(store, 'daybook.')), answers };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('what is known of the end of the ledger', () => {
  it('is asked of the store once for all who ask at a time, and never again for what lies before', async () => {
    const { tail, answers } = givenStore();
    const asked = [tail.reaches(at(5)), tail.reaches(at(7))];
    expect(answers.length).toBe(1);
    answers[0]!(7);
    expect(await Promise.all(asked)).toEqual([true, true]);
    expect(await tail.reaches(at(6))).toBe(true);
    expect(answers.length).toBe(1);
  });

  it('is read again for who came while it was being read, since that reading may be too old', async () => {
    const { tail, answers } = givenStore();
    const first = tail.reaches(at(5));
    const second = tail.reaches(at(9));
    answers[0]!(5);
    expect(await first).toBe(true);
    await settled();
    expect(answers.length).toBe(2);
    answers[1]!(9);
    expect(await second).toBe(true);
  });

  it('does not reach what lies beyond it', async () => {
    const { tail, answers } = givenStore();
    const asked = tail.reaches(at(8));
    answers[0]!(7);
    expect(await asked).toBe(false);
  });
});
