import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { SourceCount, StoredMetadata } from '#events';
import {
  type EvidenceEntry,
  evidenceKeyOf,
  listEvidence,
} from '../../../../../projections/order-timeline/v1/evidence-queries.js';
import { readOrderHeader } from '../../../../../projections/order-timeline/v1/queries.js';
import { parkedOfOrder } from '../reads/parked-notice.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';
import { LedgerStreams } from '../streams/ledger-streams.js';
import { orderNotFound } from './get-order.query.js';

/** What an event of a timeline rests on, down to where its source counts it. */
export interface Evidence extends Omit<EvidenceEntry, 'deliveryDigest'> {
  /** SHA-256 of the bytes that came in; of a decision, of the command. */
  readonly deliveryDigest: string;
  /** The business day or batch, the number range and the number its source gave the record. */
  readonly sourceCount: SourceCount | null;
  /** The source's own transaction and version of the object, where it told them. */
  readonly transaction: string | null;
  readonly version: string | null;
  readonly actor: string | null;
  readonly recordedBy: string | null;
  /** Where it lies in the event store; null where the store does not hold it there any more. */
  readonly position: string | null;
}

export class GetEvidence extends Query<Page<Evidence>> {
  constructor(
    readonly leaf: string,
    readonly slice: Slice,
  ) {
    super();
  }
}

/** Events that are looked up in the store at once. */
const readsMax = 8;

/** Reads of each event of a timeline what its metadata say; the timeline itself keeps no copy. */
@QueryHandler(GetEvidence)
export class GetEvidenceHandler implements IQueryHandler<GetEvidence> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly streams: LedgerStreams,
    private readonly tokens: PositionTokens,
  ) {}

  async execute({ leaf, slice }: GetEvidence): Promise<Page<Evidence>> {
    const rows = await this.readModels.snapshot(async (client) => {
      const listed = await listEvidence(client, leaf, slice);
      if (listed.length === 0 && (await readOrderHeader(client, leaf)) === undefined) {
        throw orderNotFound(leaf, await parkedOfOrder(client, this.readModels.groupName, leaf));
      }
      return listed;
    });
    const { items, next } = pageOf(rows, slice.limit, evidenceKeyOf);
    const evidence: Evidence[] = [];
    for (let from = 0; from < items.length; from += readsMax) {
      const some = items.slice(from, from + readsMax);
      evidence.push(...(await Promise.all(some.map((entry) => this.evidenceOf(entry)))));
    }
    return { items: evidence, next };
  }

  private async evidenceOf(entry: EvidenceEntry): Promise<Evidence> {
    const { store, prefix } = this.streams;
    const read = await store.readStream({
      stream: `${prefix}${entry.leaf}`,
      fromRevision: Number(entry.revision),
      direction: 'forwards',
      eventsMax: 1,
    });
    const [event] = read.outcome === 'stream_not_found' ? [] : read.events;
    const isThere = event?.eventId === entry.eventId;
    const metadata = isThere ? (event.metadata as Partial<StoredMetadata>) : {};
    return {
      ...entry,
      sourceCount: metadata.sourceCount ?? null,
      transaction: metadata.transaction ?? null,
      version: metadata.version ?? null,
      actor: metadata.actor ?? null,
      recordedBy: metadata.recordedBy ?? null,
      position: isThere ? this.tokens.write(event.position) : null,
    };
  }
}
