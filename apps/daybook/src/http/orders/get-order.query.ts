import type { ClientBase } from 'pg';
import type { AsOf, Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type FindingRow,
  findingKeyOf,
  listFindings,
  type OrderHeader,
  type OrderLineUnits,
  readOrderHeader,
  readOrderLines,
} from '../../../../../projections/order-timeline/v1/queries.js';
import { ProblemError } from '../problems/problem.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Parked, parkedOfOrder } from '../reads/parked-notice.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf, pageRowsDefault } from '../requests/page.js';

/** An order with its lines and what is odd about it. */
export interface OrderAnswer extends OrderHeader, OfThePast, Parked {
  readonly lines: readonly OrderLineUnits[];
  readonly findings: Page<FindingRow>;
}

export class GetOrder extends Query<OrderAnswer> {
  constructor(
    readonly leaf: string,
    readonly at?: Moment,
  ) {
    super();
  }
}

const orderTables = ['order_header', 'order_line', 'finding'];

@QueryHandler(GetOrder)
export class GetOrderHandler implements IQueryHandler<GetOrder> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
  ) {}

  execute({ leaf, at }: GetOrder): Promise<OrderAnswer> {
    const read = async (client: ClientBase, asOf?: AsOf): Promise<OrderAnswer> => {
      const header = await readOrderHeader(client, leaf);
      const parked = await parkedOfOrder(client, this.readModels.groupName, leaf, asOf);
      if (header === undefined) throw orderNotFound(leaf, parked);
      const lines = await readOrderLines(client, leaf);
      const slice = { limit: pageRowsDefault };
      const findings = await listFindings(client, { subject: leaf }, slice);
      return { ...header, parked, lines, findings: pageOf(findings, slice.limit, findingKeyOf) };
    };
    if (at === undefined) return this.readModels.snapshot(read);
    return this.past.read(at, { tables: orderTables, subjects: [leaf] }, read);
  }
}

/** An order may be unknown because its first event is parked: whoever asks is told. */
export function orderNotFound(leaf: string, parked: Parked['parked']): ProblemError {
  const detail = `Nothing is known of ${leaf}.`;
  if (parked === null) return new ProblemError({ code: 'order_not_found', detail });
  return new ProblemError({
    code: 'order_not_found',
    detail: `${detail} Events of it are parked since ${parked.since}.`,
    extensions: { parked },
  });
}
