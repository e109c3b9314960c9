import { randomUUID } from 'node:crypto';
import type { EventStore } from '#event-store';
import { opening, prefix, type AccountsEvent } from '../accounts-domain.js';

const eventsPerAccount = 5;
const appendsAtOnce = 16;

/** Writes the event with which the ledger begins. */
export async function openBank(writer: EventStore): Promise<void> {
  await append(writer, prefix + opening.leaf, [{ ...opening, eventId: randomUUID() }]);
}

/** Deposits to accounts of the burst alone, a few appends at once, as fast as they are answered. */
export async function writeBurst(writer: EventStore, burst: number, events: number): Promise<void> {
  const accountNumbers = Array.from({ length: events / eventsPerAccount }, (_, index) => index);
  const waiting = accountNumbers.values();
  await Promise.all(
    Array.from({ length: appendsAtOnce }, async () => {
      for (const number of waiting) {
        const leaf = `account-${burst}-${number}`;
        const deposits = Array.from({ length: eventsPerAccount }, (_, index) =>
          deposit(leaf, index + 1),
        );
        await append(writer, prefix + leaf, deposits);
      }
    }),
  );
}

function deposit(leaf: string, amount: number): AccountsEvent {
  return { type: 'Deposited', eventId: randomUUID(), leaf, amount, currency: 'EUR' };
}

async function append(
  writer: EventStore,
  stream: string,
  events: readonly AccountsEvent[],
): Promise<void> {
  const outcome = await writer.append({
    stream,
    expectedRevision: 'no_stream',
    events: events.map((event) => ({
      eventId: event.eventId,
      type: event.type,
      data: event,
      metadata: {},
    })),
  });
  if (outcome.outcome !== 'appended') throw new Error(`${stream}: ${JSON.stringify(outcome)}`);
}
