import type { ClientBase } from 'pg';
import type { Moment } from '#projection-engine';
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
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf, pageRowsDefault } from '../requests/page.js';

/** An order with its lines and what is odd about it. */
export interface OrderAnswer extends OrderHeader, OfThePast {
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
    const read = async (client: ClientBase): Promise<OrderAnswer> => {
      const header = await readOrderHeader(client, leaf);
      if (header === undefined) throw orderNotFound(leaf);
      const lines = await readOrderLines(client, leaf);
      const slice = { limit: pageRowsDefault };
      const findings = await listFindings(client, { subject: leaf }, slice);
      return { ...header, lines, findings: pageOf(findings, slice.limit, findingKeyOf) };
    };
    if (at === undefined) return this.readModels.snapshot(read);
    return this.past.read(at, { tables: orderTables, subjects: [leaf] }, read);
  }
}

export function orderNotFound(leaf: string): ProblemError {
  return new ProblemError({ code: 'order_not_found', detail: `Nothing is known of ${leaf}.` });
}
