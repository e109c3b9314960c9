import { merkleLeafHash, TiledTree, TileMemory } from '#audit';
import type { RecordedEvent } from '#event-store';
import type { EventData } from '#events';
import { comparePositions, type StorePosition } from '#kernel';
import { ledgerLeaf } from '#recording';
import type { AuditFindings, NamedEvent } from './audit-finding.js';
import { sealedLeafOf } from './sealed-leaf.js';

/** A seal as the ledger itself tells of it. */
export interface RecordedSeal {
  /** Where the SealPublished stands. */
  readonly sequence: number;
  readonly data: EventData<'SealPublished'>;
}

/**
 * Takes a ledger's events in order, builds its tree in memory (some 32 bytes an event) and notices
 * what is wrong without any seal: a stream whose revisions have a gap, an order that goes backwards,
 * a ledger that does not begin with its opening.
 */
export class StoreReading {
  readonly seals: RecordedSeal[] = [];
  ledgerId: string | undefined;
  readonly #memory = new TileMemory();
  readonly #nextRevisions = new Map<string, number>();
  #position: StorePosition | undefined;

  constructor(
    private readonly prefix: string,
    private readonly findings: AuditFindings,
  ) {}

  /** How many events were taken. */
  get events(): number {
    return this.#memory.tree.size;
  }

  /** The tree over all events that were taken. */
  tree(): TiledTree {
    return new TiledTree(this.#memory, this.events);
  }

  take(event: RecordedEvent): void {
    this.takeHashed(event, merkleLeafHash(sealedLeafOf(event, this.prefix)));
  }

  /** Takes an event whose leaf was hashed elsewhere. */
  takeHashed(event: TakenEvent, leafHash: Uint8Array): void {
    const sequence = this.events;
    this.#memory.tree.append(leafHash);
    const leaf = event.stream.slice(this.prefix.length);
    if (sequence === 0) this.#takeFirst(event, leaf);
    this.#checkRevision(event, leaf, sequence);
    this.#checkOrder(event, sequence);
    if (event.type === 'SealPublished') {
      this.seals.push({ sequence, data: event.data as EventData<'SealPublished'> });
    }
  }

  #takeFirst({ type, data }: TakenEvent, leaf: string): void {
    const { ledgerId } = (data ?? {}) as { readonly ledgerId?: unknown };
    if (leaf === ledgerLeaf && type === 'LedgerOpened' && typeof ledgerId === 'string') {
      this.ledgerId = ledgerId;
      return;
    }
    this.findings.add({
      code: 'ledger_not_opened',
      sequence: 0,
      message: `The first event is ${type} on ${leaf}, not LedgerOpened on ${ledgerLeaf}.`,
    });
  }

  #checkRevision(event: TakenEvent, leaf: string, sequence: number): void {
    const revisionExpected = this.#nextRevisions.get(leaf) ?? 0;
    const { revision } = event;
    this.#nextRevisions.set(leaf, revision + 1);
    if (revision === revisionExpected) return;
    this.findings.add({
      code: 'revision_gap',
      sequence,
      found: namedEventOf(event, leaf),
      revisionExpected,
      message:
        revision > revisionExpected
          ? `${leaf} lacks ${revision - revisionExpected} events before revision ${revision}.`
          : `${leaf} holds revision ${revision} again.`,
    });
  }

  #checkOrder({ position }: TakenEvent, sequence: number): void {
    const before = this.#position;
    this.#position = position;
    if (before === undefined || comparePositions(before, position) < 0) return;
    const message = `The event at sequence ${sequence} does not stand behind the one before it.`;
    this.findings.add({ code: 'order_broken', sequence, message });
  }
}

/** What is looked at of an event besides its hash. */
export type TakenEvent = Omit<RecordedEvent, 'metadata'>;

export function namedEventOf(event: TakenEvent, leaf: string): NamedEvent {
  const { revision, eventId, type } = event;
  return { leaf, revision, eventId, type };
}
