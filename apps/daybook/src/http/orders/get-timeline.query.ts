import type { ClientBase } from 'pg';
import type { AsOf, Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isEventType } from '#events';
import { openEventsData, PersonalDataVault } from '#personal-data';
import {
  type PersonalEntry,
  readErasuresOf,
  readPersonalEntriesOf,
} from '../../../../../projections/order-timeline/v1/person-queries.js';
import {
  readOrderHeader,
  readTimeline,
  type TimelineEntry,
  timelineKeyOf,
} from '../../../../../projections/order-timeline/v1/queries.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Parked, parkedOfOrder } from '../reads/parked-notice.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';
import { erasuresIn, type ErasureView } from '../../erasure/erasure-view.js';
import { subjectsOfEntry } from '../../erasure/subject-name.js';
import { orderNotFound } from './get-order.query.js';

/** An entry as people see it: personal data in clear, or `{"erased": true}` where it is forgotten. */
export type TimelineItem = Omit<TimelineEntry, 'sortAt' | 'personalData'>;

/** How far the erasure of a person of an order is. */
export type OrderErasure = Pick<ErasureView, 'erasureId' | 'stage' | 'until'>;

export interface TimelineAnswer extends Parked, Page<TimelineItem>, OfThePast {
  readonly leaf: string;
  /** Where a person of the order is to be forgotten, or is: add no personal notes. */
  readonly erasure: OrderErasure | null;
}

export class GetTimeline extends Query<TimelineAnswer> {
  constructor(
    readonly leaf: string,
    readonly slice: Slice,
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
  ) {}

  async execute({ leaf, slice, at }: GetTimeline): Promise<TimelineAnswer> {
    const { rows, parked, erasure, ...past } =
      at === undefined
        ? await this.readModels.snapshot((client) => this.readNow(client, leaf, slice))
        : await this.readPast(at, leaf, slice);
    const page = pageOf(rows, slice.limit, timelineKeyOf);
    const items = await this.open(page.items);
    return { leaf, parked, erasure, items, next: page.next, ...past };
  }

  private async readNow(client: ClientBase, leaf: string, slice: Slice) {
    const read = await this.readRows(client, leaf, slice);
    // Most timelines fit on their first page, which then tells of everybody there is.
    const isWhole = slice.after === undefined && read.rows.length <= slice.limit;
    const told = isWhole ? read.rows.flatMap(personalEntryOf) : undefined;
    return { ...read, erasure: await this.erasureOf(client, leaf, told) };
  }

  /** Who is forgotten is forgotten in every past, and what is pending concerns whoever looks now. */
  private async readPast(at: Moment, leaf: string, slice: Slice) {
    const request = { tables: ['order_header', 'entry'], subjects: [leaf] };
    const past = await this.past.read(at, request, (client, asOf) =>
      this.readRows(client, leaf, slice, asOf),
    );
    const erasure = await this.readModels.snapshot((client) => this.erasureOf(client, leaf));
    return { ...past, erasure };
  }

  private async readRows(client: ClientBase, leaf: string, slice: Slice, asOf?: AsOf) {
    const parked = await parkedOfOrder(client, this.readModels.groupName, leaf, asOf);
    const rows = await readTimeline(client, leaf, slice);
    if (rows.length === 0 && (await readOrderHeader(client, leaf)) === undefined) {
      throw orderNotFound(leaf, parked);
    }
    return { rows, parked };
  }

  /** One that is still to come is told rather than one that is completed. */
  private async erasureOf(
    client: ClientBase,
    leaf: string,
    entriesOf?: readonly PersonalEntry[],
  ): Promise<OrderErasure | null> {
    const entries = entriesOf ?? (await readPersonalEntriesOf(client, [leaf]));
    const subjects = entries.flatMap(subjectsOfEntry);
    if (subjects.length === 0) return null;
    const digests = new Set(subjects.map((subject) => this.personalData.subjectDigest(subject)));
    const erasures = erasuresIn(await readErasuresOf(client, [...digests]));
    const told = erasures.find(({ stage }) => stage !== 'completed') ?? erasures.at(-1);
    if (told === undefined) return null;
    const { erasureId, stage, until } = told;
    return { erasureId, stage, until };
  }

  private async open(entries: readonly TimelineEntry[]): Promise<readonly TimelineItem[]> {
    const sealed = entries.flatMap(({ type, leaf, data, personalData }) =>
      personalData !== null && isEventType(type)
        ? [{ type, leaf, data: { ...data, ...personalData } }]
        : [],
    );
    const opened = (await openEventsData(this.personalData, sealed)).values();
    return entries.map(({ sortAt: _order, personalData, ...item }) => {
      if (personalData === null || !isEventType(item.type)) return item;
      return { ...item, data: { ...opened.next().value } };
    });
  }
}

/** What an entry tells of persons, where it does. */
function personalEntryOf({ type, leaf, account, data, personalData }: TimelineEntry) {
  return personalData === null ? [] : [{ subject: leaf, type, leaf, account, data, personalData }];
}
