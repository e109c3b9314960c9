import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isEventType } from '#events';
import { openEventData, PersonalDataVault } from '#personal-data';
import {
  readOrderHeader,
  readTimeline,
  type TimelineEntry,
  timelineKeyOf,
} from '../../../../../projections/order-timeline/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';
import { orderNotFound } from './get-order.query.js';

/** An entry as people see it: personal data in clear, or `{"erased": true}` where it is forgotten. */
export type TimelineItem = Omit<TimelineEntry, 'sortAt' | 'personalData'>;

export interface TimelineAnswer extends Page<TimelineItem> {
  readonly leaf: string;
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
    const rows = await this.readModels.snapshot(async (client) => {
      const header = await readOrderHeader(client, leaf);
      if (header === undefined) throw orderNotFound(leaf);
      return readTimeline(client, leaf, slice);
    });
    const { items, next } = pageOf(rows, slice.limit, timelineKeyOf);
    return { leaf, items: await Promise.all(items.map((item) => this.open(item))), next };
  }

  private async open(entry: TimelineEntry): Promise<TimelineItem> {
    const { sortAt: _order, personalData, ...item } = entry;
    const { type, leaf } = entry;
    if (personalData === null || !isEventType(type)) return item;
    const data = { ...item.data, ...personalData };
    return { ...item, data: { ...(await openEventData(this.personalData, { type, leaf, data })) } };
  }
}
