import type { EventContext, EventOf, EventType, EventTypeIn } from '#events';

/** How an event of one type is told. Neither of the two holds personal data. */
export interface EventWording<Type extends EventType> {
  /** The line a service agent reads. */
  readonly internal: (event: EventOf<Type>) => string;
  /**
   * What a customer may be told in the customer's own words, without names of systems, places and
   * reasons that are the retailer's; null where it is nothing to tell.
   */
  readonly customer: (event: EventOf<Type>) => string | null;
}

/** The wording of one context: the compiler lists the event that has none. */
export type ContextWording<Context extends EventContext> = {
  readonly [Type in EventTypeIn<Context>]: EventWording<Type>;
};

/** The wording of all contexts in one language. */
export type LanguageWording = { readonly [Context in EventContext]: ContextWording<Context> };

/** For an event that is the retailer's own business. */
export const notTold = (): null => null;
