import type { ClientBase } from 'pg';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isEventType } from '#events';
import { openEventData, PersonalDataVault } from '#personal-data';
import {
  readErasuresOf,
  readPersonalEntriesOf,
} from '../../../../../projections/order-timeline/v1/person-queries.js';
import {
  readOrderHeader,
  readTimeline,
  type TimelineEntry,
  timelineKeyOf,
} from '../../../../../projections/order-timeline/v1/queries.js';
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

export interface TimelineAnswer extends Page<TimelineItem> {
  readonly leaf: string;
  /** Where a person of the order is to be forgotten, or is: add no personal notes. */
  readonly erasure: OrderErasure | null;
}

export class GetTimeline extends Query<TimelineAnswer> {
  constructor(
    readonly leaf: string,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly personalData: PersonalDataVault,
  ) {}

  async execute({ leaf, slice }: GetTimeline): Promise<TimelineAnswer> {
    const { rows, erasure } = await this.readModels.snapshot(async (client) => {
      const header = await readOrderHeader(client, leaf);
      if (header === undefined) throw orderNotFound(leaf);
      return {
        rows: await readTimeline(client, leaf, slice),
        erasure: await this.erasureOf(client, leaf),
      };
    });
    const { items, next } = pageOf(rows, slice.limit, timelineKeyOf);
    return { leaf, erasure, items: await Promise.all(items.map((item) => this.open(item))), next };
  }

  /** One that is still to come is told rather than one that is completed. */
  private async erasureOf(client: ClientBase, leaf: string): Promise<OrderErasure | null> {
    const subjects = (await readPersonalEntriesOf(client, [leaf])).flatMap(subjectsOfEntry);
    if (subjects.length === 0) return null;
    const digests = new Set(subjects.map((subject) => this.personalData.subjectDigest(subject)));
    const erasures = erasuresIn(await readErasuresOf(client, [...digests]));
    const told = erasures.find(({ stage }) => stage !== 'completed') ?? erasures.at(-1);
    if (told === undefined) return null;
    const { erasureId, stage, until } = told;
    return { erasureId, stage, until };
  }

  private async open(entry: TimelineEntry): Promise<TimelineItem> {
    const { sortAt: _order, personalData, ...item } = entry;
    const { type, leaf } = entry;
    if (personalData === null || !isEventType(type)) return item;
    const data = { ...item.data, ...personalData };
    return { ...item, data: { ...(await openEventData(this.personalData, { type, leaf, data })) } };
  }
}
