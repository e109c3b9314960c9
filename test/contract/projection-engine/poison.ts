import type { RecordedEvent } from '#event-store';
import type { EngineEvent, GroupDefinition } from '#projection-engine';
import type { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { accounts, type AccountsEvent, prefix, type Stored } from './accounts-domain.js';

type Accounts = typeof accounts;
type View = ReturnType<Accounts['viewOf']>;

/** Writes an event in a form that only a later build can read. */
export function writePoison(store: InMemoryEventStore, event: AccountsEvent): RecordedEvent {
  return store.write(prefix + event.leaf, {
    eventId: event.eventId,
    type: 'Garbled',
    data: event,
    metadata: {},
  });
}

/** The accounts by a build that reads what the present one cannot. */
export const mended: Accounts = {
  ...accounts,
  read: (stored: EngineEvent) =>
    accounts.read(stored.type === 'Garbled' ? { ...stored, type: 'Deposited' } : stored),
};

/** The accounts by a build that fails to derive whatever holds one of the events. */
export function failingAt(holds: (event: Stored) => boolean): GroupDefinition<Stored, View> {
  return {
    ...accounts,
    viewOf: (facts) => {
      const found = [...facts.homes.values()].flat().find(holds);
      if (found) throw new Error(`a rule divides by the amount of ${found.eventId}`);
      return accounts.viewOf(facts);
    },
  };
}

/** The accounts by a build that cannot keep one of the events. */
export function unpackableAt(holds: (event: Stored) => boolean): GroupDefinition<Stored, View> {
  return {
    ...accounts,
    pack: (event) => {
      if (holds(event)) throw new Error(`nobody packs ${event.eventId}`);
      return accounts.pack(event);
    },
  };
}

/** The accounts by a build whose rows PostgreSQL refuses where they hold one of the events. */
export function refusedAt(holds: (event: Stored) => boolean): GroupDefinition<Stored, View> {
  const [statements] = accounts.projections;
  if (statements === undefined) throw new Error('The accounts have one projection.');
  return {
    ...accounts,
    projections: [
      {
        ...statements,
        rowsOf: (view) =>
          statements.rowsOf(view).map((row) => {
            const isPoisoned = [...view.facts.homes.values()].flat().some(holds);
            if (!isPoisoned || row.table !== 'subject_outline') return row;
            return { ...row, values: [...row.values.slice(0, -1), 2n ** 70n] };
          }),
      },
    ],
  };
}
