import type { Money } from '#kernel';
import type { EventDefinition, EventParts } from '../event-definition.js';
import { measureOfMovement } from '../measures.js';
import {
  IsOrderReferencesOrNull,
  type OrderReference,
  type Tender,
  tenders,
} from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsIdentifierOrEmpty,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkMovement, paymentKeys } from './payment-event.js';

/** Money that a provider takes for a dispute, or gives back. */
export class DisputeFunds {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  @IsOneOf(tenders) tender!: Tender;
  /** The disputed money, without the fee. */
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** What the provider takes for the dispute, or gives back of it. */
  @Optional() @IsMoney() fee?: Money;
}

/** What both directions have in common; the field holds the provider's own number of the movement. */
export function disputeFundsBy<Field extends 'withdrawal' | 'reinstatement'>(field: Field) {
  type Numbered = DisputeFunds & Readonly<Record<Field, string>>;
  return {
    schemaVersion: 1,
    categories: ['payment'],
    mayBe: ['fact'],
    versioned: false,
    discriminators: ({ data, transaction }: EventParts<Numbered>) => [
      data.dispute,
      data[field] || (transaction ?? ''),
    ],
    businessKey: ({ leaf, data }: EventParts<Numbered>) => [leaf, data[field]],
    numberedBy: field,
    measure: measureOfMovement,
    personalData: [],
    keys: paymentKeys,
    words: {
      discriminators: `the dispute's id or empty; the ${field}'s id, else the reporter's own transaction id`,
      businessKey: `the payment and the ${field}`,
      touches: 'the payment and its orders',
    },
    checks: checkMovement,
  } satisfies Omit<
    EventDefinition<string, Numbered>,
    'type' | 'dataClass' | 'description' | 'effect'
  >;
}
