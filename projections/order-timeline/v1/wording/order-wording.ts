import type { PromiseRow } from '../order-part-queries.js';
import type { OrderHeader } from '../queries.js';
import type { Risk } from '../risks.js';

/** What a sentence about a whole order is made of. */
export interface OrderTold {
  readonly header: OrderHeader;
  /** Every change of what was promised, the earliest first. */
  readonly promises: readonly PromiseRow[];
  readonly risks: readonly Risk[];
}

/** How an order is told in one sentence. Neither holds personal data. */
export interface OrderWording {
  /** What an agent has to know: where it is, who acts next and by when, what blocks it, what broke. */
  readonly agent: (order: OrderTold) => string;
  /** What the agent may tell the customer, without names of systems and the retailer's reasons. */
  readonly customer: (order: OrderTold) => string;
}
