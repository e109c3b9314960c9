import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { connectEventStore, type EventStore, type StoreNotice } from '#event-store';
import { verify } from '#projection-engine';
import { HostileNode } from '../../doubles/hostile-node.js';
import { accounts, opening, prefix, reading, type AccountsEvent } from './accounts-domain.js';
import { emptyTables, Running } from './running.js';

export interface BurstPlan {
  readonly bursts: number;
  readonly burstEvents: number;
  /** After how many live events the node ends a subscription. */
  readonly liveEventsMax: number | 'never';
  readonly seed: number;
}

export interface BurstReport {
  /** From the acknowledgement of a burst's last event until it was applied, for each burst. */
  readonly lagMilliseconds: readonly number[];
  /** While bursts were written and applied; the time between them is not counted. */
  readonly eventsPerSecond: number;
  readonly abortedSubscriptions: number;
  /** How long the projector ran. */
  readonly minutes: number;
  /** What an operator had read by the end of the last burst. */
  readonly notices: readonly StoreNotice[];
  /** What closing the connection added, so that no count is lost. */
  readonly closingNotices: readonly StoreNotice[];
  readonly verified: Awaited<ReturnType<typeof verify>>;
  readonly repeated: number;
  /** The checkpoint's sequence. */
  readonly applied: number;
}

const eventsPerAccount = 5;
const appendsAtOnce = 16;

/** Writes bursts to a node that ends live subscriptions, with a projector that follows it. */
export async function burstRun(pool: pg.Pool, plan: BurstPlan): Promise<BurstReport> {
  await emptyTables(pool);
  const startedAt = performance.now();
  const { liveEventsMax, seed } = plan;
  const node = await HostileNode.start({ seed, plan: { liveEventsMax } });
  const notices: StoreNotice[] = [];
  const writer = connectEventStore({ connectionString: node.calmConnectionString });
  const reader = connectEventStore({
    connectionString: node.connectionString,
    access: 'read',
    report: (notice) => notices.push(notice),
  });
  try {
    await append(writer, prefix + opening.leaf, [opening]);
    const running = new Running(reader, pool, { batchEventsMax: 3_000 });
    await running.until(({ state, sequence }) => state.state === 'live' && sequence === 1);
    const lagMilliseconds: number[] = [];
    let milliseconds = 0;
    for (let burst = 0; burst < plan.bursts; burst += 1) {
      const began = performance.now();
      const applied = running.until(
        ({ sequence }) => sequence >= 1 + (burst + 1) * plan.burstEvents,
      );
      await writeBurst(writer, burst, plan.burstEvents);
      const written = performance.now();
      await applied;
      lagMilliseconds.push(performance.now() - written);
      milliseconds += performance.now() - began;
    }
    await running.stop();
    const minutes = (performance.now() - startedAt) / 60_000;
    const noticesBeforeClosing = [...notices];
    const { progress } = running;
    const verified = await verify({ store: reader, pool, definition: accounts, ...reading });
    await reader.close();
    return {
      lagMilliseconds,
      eventsPerSecond: (plan.bursts * plan.burstEvents * 1_000) / milliseconds,
      abortedSubscriptions: node.counters.abortedSubscriptions,
      minutes,
      notices: noticesBeforeClosing,
      closingNotices: notices.slice(noticesBeforeClosing.length),
      verified,
      repeated: progress?.repeated ?? 0,
      applied: progress?.sequence ?? 0,
    };
  } finally {
    await reader.close();
    await writer.close();
    await node.stop();
  }
}

/** Deposits to accounts of the burst alone, a few appends at once, as fast as they are answered. */
async function writeBurst(writer: EventStore, burst: number, events: number): Promise<void> {
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
      eventId: event.eventId === opening.eventId ? randomUUID() : event.eventId,
      type: event.type,
      data: event,
      metadata: {},
    })),
  });
  if (outcome.outcome !== 'appended') throw new Error(`${stream}: ${JSON.stringify(outcome)}`);
}
