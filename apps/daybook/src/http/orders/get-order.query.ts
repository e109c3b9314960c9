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
import {
  type CommitmentRow,
  type PromiseRow,
  readCommitments,
  readPromises,
  readRefunds,
  readTenders,
  type RefundRow,
  type TenderRow,
} from '../../../../../projections/order-timeline/v1/order-part-queries.js';
import { type Risk, risksOf } from '../../../../../projections/order-timeline/v1/risks.js';
import {
  type UnitsInState,
  unitsByState,
} from '../../../../../projections/order-timeline/v1/units-by-state.js';
import {
  type Language,
  orderWordingIn,
} from '../../../../../projections/order-timeline/v1/wording/index.js';
import {
  findingIn,
  type ToldFinding,
} from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import { ProblemError } from '../problems/problem.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Parked, parkedOfOrder } from '../reads/parked-notice.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf, pageRowsDefault } from '../requests/page.js';

/** A line with each of its units told once, by where it is. */
export interface OrderLineAnswer extends OrderLineUnits {
  readonly units: readonly UnitsInState[];
}

/** An order with its lines and what is odd about it. */
export interface OrderAnswer extends OrderHeader, OfThePast, Parked {
  /** The order in one sentence, for the agent and for the customer. */
  readonly told: { readonly agent: string; readonly customer: string };
  readonly risks: readonly Risk[];
  readonly lines: readonly OrderLineAnswer[];
  readonly promises: readonly PromiseRow[];
  readonly tenders: readonly TenderRow[];
  readonly refunds: readonly RefundRow[];
  readonly commitments: readonly CommitmentRow[];
  readonly findings: Page<ToldFinding<FindingRow>>;
}

/** By which clock and in which language an order is told. */
export interface OrderTelling {
  readonly clock: string;
  readonly language: Language;
}

export class GetOrder extends Query<OrderAnswer> {
  constructor(
    readonly leaf: string,
    readonly telling: OrderTelling,
    readonly at?: Moment,
  ) {
    super();
  }
}

const orderTables = [
  'order_header',
  'order_line',
  'entry',
  'order_tender',
  'order_refund',
  'order_commitment',
  'finding',
];

@QueryHandler(GetOrder)
export class GetOrderHandler implements IQueryHandler<GetOrder> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
  ) {}

  execute({ leaf, telling, at }: GetOrder): Promise<OrderAnswer> {
    const read = async (client: ClientBase, asOf?: AsOf): Promise<OrderAnswer> => {
      const header = await readOrderHeader(client, leaf);
      const parked = await parkedOfOrder(client, this.readModels.groupName, leaf, asOf);
      if (header === undefined) throw orderNotFound(leaf, parked);
      const lines = await readOrderLines(client, leaf);
      const slice = { limit: pageRowsDefault };
      const findings = await listFindings(client, { subject: leaf }, slice);
      const promises = await readPromises(client, leaf);
      return {
        ...header,
        ...toldOf(header, promises, telling),
        parked,
        lines: lines.map((line) => ({ ...line, units: unitsByState(line) })),
        promises,
        tenders: await readTenders(client, leaf),
        refunds: await readRefunds(client, leaf),
        commitments: await readCommitments(client, leaf),
        findings: pageOf(
          findings.map((finding) => findingIn(telling.language, finding)),
          slice.limit,
          findingKeyOf,
        ),
      };
    };
    if (at === undefined) return this.readModels.snapshot(read);
    return this.past.read(at, { tables: orderTables, subjects: [leaf] }, read);
  }
}

function toldOf(
  header: OrderHeader,
  promises: readonly PromiseRow[],
  { clock, language }: OrderTelling,
): Pick<OrderAnswer, 'told' | 'risks'> {
  const risks = risksOf(header, clock);
  const wording = orderWordingIn(language);
  const order = { header, promises, risks };
  return { told: { agent: wording.agent(order), customer: wording.customer(order) }, risks };
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
