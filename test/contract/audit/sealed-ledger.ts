import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerifierKey } from '#audit';
import { startEmbeddedEventStore } from '#embedded-event-store';
import { connectEventStore, type EventStore, type EventToAppend } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { DirectoryTarget } from '../../../apps/daybook/src/audit/directory-target.js';
import { readGivenSeal } from '../../../apps/daybook/src/audit/given-seals.js';
import { readSealKey, sealKeyFile } from '../../../apps/daybook/src/audit/seal-key.js';
import { sealLedger } from '../../../apps/daybook/src/audit/seal-ledger.js';
import {
  type AuditReport,
  type LedgerVerification,
  verifyLedger,
} from '../../../apps/daybook/src/audit/verify-ledger.js';
import { readConfiguration } from '../../../apps/daybook/src/configuration/configuration.js';

export const ledgerId = '00000000-0000-4000-8000-000000000001';

/** An event and the stream it goes to, without the ledger's prefix. */
export interface WrittenEvent {
  readonly leaf: string;
  readonly event: EventToAppend;
}

/** How many events follow each other on a stream before those of the next one come. */
const eventsInARow = 10;

/** A ledger of so many events: its opening, and orders of some events each. */
export function ledgerOf(events: number): readonly WrittenEvent[] {
  return Array.from({ length: events }, (_, index) => ({
    leaf: index === 0 ? 'ledger-main' : `order-shop:${Math.floor(index / eventsInARow)}`,
    event: {
      eventId: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
      type: index === 0 ? 'LedgerOpened' : 'OrderCaptured',
      data: index === 0 ? { ledgerId, schemeVersion: 1 } : { number: index, name: 'Ä, €' },
      metadata: { account: 'shop', index },
    },
  }));
}

/** A durable event store in a folder of its own, which is left when the node is stopped. */
export async function withStore<Result>(
  directory: string,
  use: (store: EventStore) => Promise<Result>,
): Promise<Result> {
  const node = await startEmbeddedEventStore({ directory });
  const store = connectEventStore({ connectionString: node.connectionString });
  try {
    return await use(store);
  } finally {
    await store.close();
    await node.stop();
  }
}

/** Writes events in their order; those that follow each other on a stream go together. */
export async function writeAll(store: EventStore, events: readonly WrittenEvent[]): Promise<void> {
  const revisions = new Map<string, number>();
  for (let from = 0; from < events.length;) {
    const leaf = events[from]?.leaf ?? '';
    let to = from;
    while (events[to]?.leaf === leaf) to += 1;
    const appended = await store.append({
      stream: `${defaultLedgerPrefix}${leaf}`,
      expectedRevision: revisions.get(leaf) ?? 'no_stream',
      events: events.slice(from, to).map(({ event }) => event),
    });
    if (appended.outcome !== 'appended') throw new Error(JSON.stringify(appended));
    revisions.set(leaf, appended.revision);
    from = to;
  }
}

/** A data directory's folders, and a place outside where its seals lie. */
export class SealedLedger {
  readonly #folders: string[] = [];

  static async make(): Promise<SealedLedger> {
    const ledger = new SealedLedger(await mkdtemp(join(tmpdir(), 'daybook-sealed-')));
    await mkdir(join(ledger.dataDirectory, 'keys'), { recursive: true });
    return ledger;
  }

  private constructor(private readonly folder: string) {
    this.#folders.push(folder);
  }

  get dataDirectory(): string {
    return join(this.folder, 'data');
  }

  get eventStore(): string {
    return join(this.folder, 'data', 'eventstore');
  }

  /** What an auditor holds. */
  get seals(): string {
    return join(this.folder, 'seals');
  }

  async newFolder(): Promise<string> {
    return mkdtemp(join(this.folder, 'folder-'));
  }

  async key(): Promise<VerifierKey> {
    const key = await readSealKey(sealKeyFile(this.dataDirectory));
    if (key === undefined) throw new Error('The ledger was never sealed.');
    return key.verifier;
  }

  async seal(store: EventStore): Promise<void> {
    const { dataDirectory } = this;
    const sealed = await sealLedger({
      store,
      target: new DirectoryTarget(this.seals),
      ledgerId,
      dataDirectory,
      keyFile: sealKeyFile(dataDirectory),
      clock: () => '2026-03-01T00:00:00.000Z',
    });
    if (sealed.outcome !== 'published') throw new Error(JSON.stringify(sealed));
  }

  /** Verifies a store against what the auditor holds. */
  async verify(
    store: EventStore,
    more: Partial<LedgerVerification> = {},
    place = this.seals,
  ): Promise<AuditReport> {
    const read = readConfiguration({
      options: { data: this.dataDirectory },
      environment: {},
      workingDirectory: this.folder,
    });
    if (read.outcome === 'refused') throw new Error(JSON.stringify(read.problems));
    return verifyLedger({
      store,
      prefix: defaultLedgerPrefix,
      seals: [await readGivenSeal(place, read.configuration)],
      key: await this.key(),
      ...more,
    });
  }

  async remove(): Promise<void> {
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
