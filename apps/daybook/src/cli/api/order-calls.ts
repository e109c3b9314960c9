import type { Page } from '../../http/requests/page.js';
import type {
  Orphan,
  OrderFilter,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import type { FoundSubject } from '../../../../../projections/order-timeline/v1/search-queries.js';
import type { FindingCounts } from '../../http/orders/count-findings.query.js';
import type { Evidence } from '../../http/orders/get-evidence.query.js';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type {
  CustomerTimelineAnswer,
  TimelineAnswer,
} from '../../http/orders/get-timeline.query.js';
import type { ListedOrder } from '../../http/orders/list-orders.query.js';
import { pathSegment } from '../http-request.js';
import type { ApiConnection, Parameters } from './connection.js';

/** The moment whose state a read answers, a sequence or an instant; now where it is left out. */
export interface PastChoice {
  readonly at?: string | undefined;
}

interface OrderChoice extends PastChoice {
  readonly account?: string | undefined;
  readonly clock?: string | undefined;
  readonly language?: string | undefined;
}

/** What `GET /v1/orders` is filtered by. */
type OrderChoices = Readonly<Partial<Record<keyof OrderFilter, string | undefined>>>;

interface TimelineChoice extends OrderChoice {
  readonly since?: string | undefined;
  readonly all?: boolean | undefined;
}

/** One order, the one that is looked for, and lists of them. */
export class OrderCalls {
  constructor(private readonly connection: ApiConnection) {}

  /** @param id the order's leaf, or with `account` the id as its source wrote it */
  order(id: string, { account, at, clock, language }: OrderChoice = {}): Promise<OrderAnswer> {
    const parameters = { account, at, clock, language };
    return this.connection.read(`/v1/orders/${pathSegment(id)}`, parameters);
  }

  timeline(id: string, choice: TimelineChoice = {}): Promise<TimelineAnswer> {
    const path = `/v1/orders/${pathSegment(id)}/timeline`;
    return this.connection.readAll(path, timelineParameters(choice));
  }

  customerTimeline(id: string, choice: TimelineChoice = {}): Promise<CustomerTimelineAnswer> {
    const parameters = { ...timelineParameters(choice), audience: 'customer' };
    return this.connection.readAll(`/v1/orders/${pathSegment(id)}/timeline`, parameters);
  }

  /** What each event of an order rests on, in the order in which they were recorded. */
  evidence(id: string, account: string | undefined): Promise<Page<Evidence>> {
    return this.connection.readAll(`/v1/orders/${pathSegment(id)}/evidence`, { account });
  }

  /** The first rows of a list of orders. */
  orders(filter: OrderChoices, limit: number): Promise<Page<ListedOrder>> {
    return this.connection.readSome('/v1/orders', filter, limit);
  }

  orphans(limit: number): Promise<Page<Orphan>> {
    return this.connection.readSome('/v1/orphans', {}, limit);
  }

  search(text: string, limit: number): Promise<Page<FoundSubject>> {
    return this.connection.readSome('/v1/search', { text }, limit);
  }

  findingCounts(): Promise<FindingCounts> {
    return this.connection.read('/v1/findings/counts');
  }
}

function timelineParameters({ account, at, language, since, all }: TimelineChoice): Parameters {
  return { account, at, language, since, all: all === true ? 'true' : undefined };
}
