import { comparePositions } from '#kernel';
import type { EventStoreReader } from '#event-store';
import type { EngineEvent } from '../contract.js';
import type { Checkpoint } from '../postgres/checkpoint.js';
import type { Stop } from './progress.js';
import { engineEventOf } from './stored-event.js';

export interface LedgerIdentity {
  readonly store: EventStoreReader;
  readonly streamPrefix: string;
  /** The ledger's id from its first event, or undefined where that event opens no ledger. */
  readonly ledgerIdOf: (stored: EngineEvent) => string | undefined;
}

/**
 * Compares the store with what a checkpoint stands on. A store that is another ledger's, or that was
 * restored from before the checkpoint, would else be read on from the middle without a word.
 *
 * @returns undefined where they agree, or where nothing was applied yet.
 */
export async function checkLedger(
  { store, streamPrefix, ledgerIdOf }: LedgerIdentity,
  groupName: string,
  checkpoint: Checkpoint,
): Promise<Stop | undefined> {
  const { position, eventId, ledgerId, sequence } = checkpoint;
  if (position === undefined) return undefined;
  const tail = await store.readTail(streamPrefix);
  if (tail === undefined || comparePositions(tail.position, position) < 0) {
    return {
      code: 'store_behind_checkpoint',
      message:
        `${groupName} has applied ${sequence} events, but the store ends before the last of them. ` +
        'Either it was restored from an older copy or it is not the store this database belongs to. ' +
        'Connect the right store, or drop the derived tables and build them again from this one.',
    };
  }
  const standsOn = await store.readAt(position);
  if (standsOn?.eventId !== eventId) {
    return differs(
      groupName,
      `at its position is ${standsOn?.eventId ?? 'no event'}, not ${eventId}`,
    );
  }
  for await (const first of store.readAll({ streamPrefix, after: 'start' })) {
    const found = ledgerIdOf(engineEventOf(first, streamPrefix, 0));
    if (found === ledgerId) return undefined;
    return differs(groupName, `its ledger is ${found ?? 'not opened'}, not ${ledgerId}`);
  }
  return differs(groupName, 'it holds no ledger event');
}

function differs(groupName: string, what: string): Stop {
  return {
    code: 'ledger_differs',
    message:
      `${groupName} was built from another ledger than the store holds: ${what}. Connect the store ` +
      'this database belongs to, or drop the derived tables and build them again from this one.',
  };
}
