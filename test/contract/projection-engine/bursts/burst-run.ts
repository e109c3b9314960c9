import type pg from 'pg';
import { connectEventStore, type StoreNotice } from '#event-store';
import { verify } from '#projection-engine';
import { accounts, reading } from '../accounts-domain.js';
import { emptyTables } from '../running.js';
import { BurstProcess } from './burst-process.js';
import type { NodeWords, ProjectorWords } from './messages.js';
import { openBank, writeBurst } from './write-bursts.js';

export interface BurstPlan {
  /** Where the compiled programs lie. */
  readonly folder: string;
  readonly databaseUrl: string;
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
  /** Of each process, its start and its end included; that of PostgreSQL is not known here. */
  readonly cpuMicrosecondsAnEvent: { readonly projector: number; readonly node: number };
  readonly abortedSubscriptions: number;
  /** How long the projector ran. */
  readonly minutes: number;
  /** What an operator had read by the end of the last burst. */
  readonly notices: readonly StoreNotice[];
  /** What closing the connections added, so that no count is lost. */
  readonly closingNotices: readonly StoreNotice[];
  readonly verified: Awaited<ReturnType<typeof verify>>;
  readonly repeated: number;
  /** The checkpoint's sequence. */
  readonly applied: number;
}

const batchEventsMax = 3_000;

type Progress = Extract<ProjectorWords, { readonly kind: 'progress' }>;

/**
 * Writes bursts to a node that ends live subscriptions, with a projector that follows it: node and
 * projector are processes of their own, as they are where they are used.
 */
export async function burstRun(pool: pg.Pool, plan: BurstPlan): Promise<BurstReport> {
  await emptyTables(pool);
  const { folder, databaseUrl, seed, liveEventsMax } = plan;
  const node = new BurstProcess<NodeWords>(folder, 'node', { seed, liveEventsMax });
  const addresses = await node.hears((words) => words.kind === 'listening');
  const writer = connectEventStore({ connectionString: addresses.calmConnectionString });
  try {
    await openBank(writer);
    const startedAt = performance.now();
    const projector = new BurstProcess<ProjectorWords>(folder, 'projector', {
      eventStoreUrl: addresses.connectionString,
      databaseUrl,
      batchEventsMax,
    });
    await projector.hears((words) => isLive(words) && words.sequence === 1);
    const lagMilliseconds: number[] = [];
    let milliseconds = 0;
    for (let burst = 0; burst < plan.bursts; burst += 1) {
      const began = performance.now();
      const upTo = 1 + (burst + 1) * plan.burstEvents;
      const applied = projector.hears((words) => isProgress(words) && words.sequence >= upTo);
      await writeBurst(writer, burst, plan.burstEvents);
      const written = performance.now();
      await applied;
      lagMilliseconds.push(performance.now() - written);
      milliseconds += performance.now() - began;
    }
    const notices = noticesOf(projector);
    const ofProjector = await projector.stop((words) => words.kind === 'stopped');
    const minutes = (performance.now() - startedAt) / 60_000;
    const verified = await verify({ store: writer, pool, definition: accounts, ...reading });
    const ofNode = await node.stop((words) => words.kind === 'stopped');
    const written = plan.bursts * plan.burstEvents;
    const progress = projector.said.findLast(isProgress);
    return {
      lagMilliseconds,
      eventsPerSecond: (written * 1_000) / milliseconds,
      cpuMicrosecondsAnEvent: {
        projector: ofProjector.cpuMicroseconds / written,
        node: ofNode.cpuMicroseconds / written,
      },
      abortedSubscriptions: ofNode.abortedSubscriptions,
      minutes,
      notices,
      closingNotices: noticesOf(projector).slice(notices.length),
      verified,
      repeated: progress?.repeated ?? 0,
      applied: progress?.sequence ?? 0,
    };
  } finally {
    await writer.close();
  }
}

function isProgress(words: ProjectorWords): words is Progress {
  return words.kind === 'progress';
}

function isLive(words: ProjectorWords): words is Progress {
  return isProgress(words) && words.state === 'live';
}

function noticesOf({ said }: BurstProcess<ProjectorWords>): readonly StoreNotice[] {
  return said.flatMap((words) => (words.kind === 'notice' ? [words.notice] : []));
}
