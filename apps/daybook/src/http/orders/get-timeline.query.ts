import type { ClientBase } from 'pg';
import type { AsOf, Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isEventType } from '#events';
import { openEventsData, PersonalDataVault } from '#personal-data';
import {
  type ErasureEntries,
  erasuresOf,
  type PersonalEntry,
  readPersonalEntriesOf,
} from '../../../../../projections/order-timeline/v1/person-queries.js';
import { readOrderHeader } from '../../../../../projections/order-timeline/v1/queries.js';
import {
  linesOf,
  linesOfWhole,
  readTimeline,
  type TimelineEntry,
  timelineKeyOf,
  type TimelineLine,
  type TimelineSlice,
  type WholeTimeline,
  wholeTimeline,
} from '../../../../../projections/order-timeline/v1/timeline-queries.js';
import type { Language } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Parked, parkedOfOrder } from '../reads/parked-notice.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import { erasuresIn, type ErasureView } from '../../erasure/erasure-view.js';
import { subjectsOfEntry } from '../../erasure/subject-name.js';
import { WritePath } from '../write-path.js';
import { orderNotFound } from './get-order.query.js';
import type { Audience } from './orders.dto.js';
import {
  type CustomerItem,
  customerItems,
  internalItem,
  type TimelineItem,
  zoneOfOrder,
} from './timeline-items.js';

/** How far the erasure of a person of an order is. */
export type OrderErasure = Pick<ErasureView, 'erasureId' | 'stage' | 'until'>;

interface Told extends Parked, OfThePast {
  readonly leaf: string;
  /** The zone of the items' `local` times. */
  readonly zone: string;
  /** Where a person of the order is to be forgotten, or is: add no personal notes. */
  readonly erasure: OrderErasure | null;
}

export interface TimelineAnswer extends Told, Page<TimelineItem> {}

/** A page may hold fewer items than it could: lines that customers are not told are left out. */
export interface CustomerTimelineAnswer extends Told, Page<CustomerItem> {}

export class GetTimeline extends Query<TimelineAnswer | CustomerTimelineAnswer> {
  constructor(
    readonly leaf: string,
    readonly slice: TimelineSlice,
    readonly telling: { readonly audience: Audience; readonly language: Language },
    readonly at?: Moment,
  ) {
    super();
  }
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
    private readonly personalData: PersonalDataVault,
    private readonly writePath: WritePath,
  ) {}

  async execute(query: GetTimeline): Promise<TimelineAnswer | CustomerTimelineAnswer> {
    const { leaf, slice, at, telling } = query;
    const { lines, parked, erasure, ...past } =
      at === undefined ? await this.readNow(leaf, slice) : await this.readPast(at, leaf, slice);
    const page = pageOf(lines, slice.limit, ({ head }) => timelineKeyOf(head));
    const zone = zoneOfOrder(this.writePath.referenceData, leaf);
    const told = { language: telling.language, zone };
    const answer = { leaf, zone, parked, erasure, next: page.next, ...past };
    if (telling.audience === 'customer') {
      return { ...answer, items: page.items.flatMap((line) => customerItems(line, told)) };
    }
    const dataOf = await this.opened(page.items.flatMap(({ head, under }) => [head, ...under]));
    return { ...answer, items: page.items.map((line) => internalItem(line, told, dataOf)) };
  }

  /** Most timelines are short, and one statement tells all there is of them. */
  private async readNow(leaf: string, slice: TimelineSlice): Promise<ReadTimeline> {
    if (slice.after !== undefined || slice.since !== undefined) return this.readSlice(leaf, slice);
    const whole = await this.readModels.row<WholeTimeline>(wholeTimeline(leaf, slice.limit));
    const { isKnown, parked, entries, hasErasures } = whole;
    if (!isKnown) throw orderNotFound(leaf, parked);
    if (entries === null) return this.readSlice(leaf, slice);
    const lines = linesOfWhole(entries, slice.all);
    const personal = hasErasures ? entries.flatMap(personalEntryOf) : [];
    return { lines, parked, erasure: await this.erasureOf(personal) };
  }

  private async readSlice(leaf: string, slice: TimelineSlice): Promise<ReadTimeline> {
    const { personal, ...read } = await this.readModels.snapshot(async (client) => ({
      ...(await this.readLines(client, leaf, slice)),
      personal: await readPersonalEntriesOf(client, [leaf]),
    }));
    return { ...read, erasure: await this.erasureOf(personal) };
  }

  /** Who is forgotten is forgotten in every past, and what is pending concerns whoever looks now. */
  private async readPast(at: Moment, leaf: string, slice: TimelineSlice) {
    const request = { tables: ['order_header', 'entry'], subjects: [leaf] };
    const past = await this.past.read(at, request, (client, asOf) =>
      this.readLines(client, leaf, slice, asOf),
    );
    const personal = await this.readModels.snapshot((client) =>
      readPersonalEntriesOf(client, [leaf]),
    );
    return { ...past, erasure: await this.erasureOf(personal) };
  }

  private async readLines(client: ClientBase, leaf: string, slice: TimelineSlice, asOf?: AsOf) {
    const parked = await parkedOfOrder(client, this.readModels.groupName, leaf, asOf);
    const rows = await readTimeline(client, leaf, slice);
    if (rows.length === 0 && (await readOrderHeader(client, leaf)) === undefined) {
      throw orderNotFound(leaf, parked);
    }
    return { lines: linesOf(rows), parked };
  }

  /** One that is still to come is told rather than one that is completed. */
  private async erasureOf(personal: readonly PersonalEntry[]): Promise<OrderErasure | null> {
    const subjects = personal.flatMap(subjectsOfEntry);
    if (subjects.length === 0) return null;
    const digests = new Set(subjects.map((subject) => this.personalData.subjectDigest(subject)));
    const { entries } = await this.readModels.row<ErasureEntries>(erasuresOf([...digests]));
    const erasures = erasuresIn(entries);
    const told = erasures.find(({ stage }) => stage !== 'completed') ?? erasures.at(-1);
    if (told === undefined) return null;
    const { erasureId, stage, until } = told;
    return { erasureId, stage, until };
  }

  /** What each of the entries holds, its personal data in clear. */
  private async opened(
    entries: readonly TimelineEntry[],
  ): Promise<(entry: TimelineEntry) => TimelineEntry['data']> {
    const sealed = entries.flatMap((entry) => {
      const { type, leaf, data, personalData } = entry;
      if (personalData === null || !isEventType(type)) return [];
      return [{ entry, event: { type, leaf, data: { ...data, ...personalData } } }];
    });
    const opened = await openEventsData(
      this.personalData,
      sealed.map(({ event }) => event),
    );
    const clear = new Map(sealed.map(({ entry }, index) => [entry, { ...opened[index] }]));
    return (entry) => clear.get(entry) ?? entry.data;
  }
}

interface ReadTimeline extends Parked, OfThePast {
  readonly lines: readonly TimelineLine[];
  readonly erasure: OrderErasure | null;
}

/** What an entry tells of persons, where it does. */
function personalEntryOf({
  type,
  leaf,
  account,
  data,
  personalData,
}: TimelineEntry): readonly PersonalEntry[] {
  return personalData === null ? [] : [{ subject: leaf, type, leaf, account, data, personalData }];
}
