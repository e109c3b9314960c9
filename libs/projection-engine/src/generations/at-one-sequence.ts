import type { ClientBase, Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { GenerationKey } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';
import { sequenceOf, sequenceOnceReached } from './switch-generation.js';

const roundMilliseconds = 500;
const pauseMilliseconds = 2;

export type OneSequence<Result> =
  | { readonly outcome: 'read'; readonly sequence: number; readonly result: Result }
  /** They never held equally many events for long enough. */
  | { readonly outcome: 'apart'; readonly sequences: readonly [number, number] };

/**
 * Reads two generations in one snapshot in which both hold exactly the same events. In each attempt
 * the one that is ahead is held still until the other one has reached it; where that goes past it,
 * as it may while much is written, they change places.
 */
export async function readAtOneSequence<Result>(
  pool: Pool,
  generations: readonly [GenerationKey, GenerationKey],
  waitMilliseconds: number,
  read: (snapshot: ClientBase) => Promise<Result>,
): Promise<OneSequence<Result>> {
  return inTransaction(
    pool,
    async (snapshot) => {
      const until = performance.now() + waitMilliseconds;
      for (;;) {
        const met = await inTransaction(pool, async (gate) => {
          const sequence = await heldTogether(gate, generations);
          // The snapshot is taken by the first statement in it, while neither can go on.
          if (sequence !== undefined) await sequencesOf(snapshot, generations);
          return sequence;
        });
        if (met !== undefined) {
          return { outcome: 'read', sequence: met, result: await read(snapshot) };
        }
        if (performance.now() > until) break;
        await pause(pauseMilliseconds);
      }
      return { outcome: 'apart', sequences: await sequencesOf(snapshot, generations) };
    },
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

/** Locks both checkpoints at one sequence for as long as the transaction lasts, where that comes about. */
async function heldTogether(
  gate: ClientBase,
  [first, second]: readonly [GenerationKey, GenerationKey],
): Promise<number | undefined> {
  const [one, other] = await sequencesOf(gate, [first, second]);
  const [ahead, behind] = one >= other ? [first, second] : [second, first];
  const held = await sequenceOf(gate, ahead, 'FOR UPDATE');
  if ((await sequenceOnceReached(gate, behind, held, roundMilliseconds)) !== held) return undefined;
  return (await sequenceOf(gate, behind, 'FOR UPDATE')) === held ? held : undefined;
}

async function sequencesOf(
  client: ClientBase,
  [first, second]: readonly [GenerationKey, GenerationKey],
): Promise<readonly [number, number]> {
  return [await sequenceOf(client, first), await sequenceOf(client, second)];
}
