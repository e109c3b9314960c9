import type { EventDefinition } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsListOfIdentifiers } from '../validation/lists.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

/** What a review of an order tells, whatever it came to. */
export class FraudJudgement {
  /** Who judges: a service or the retailer's own team. */
  @IsIdentifier() provider!: string;
  /** The provider's own id of the review. */
  @Optional() @IsIdentifier() review?: string;
  /** As the provider wrote it; scales differ. */
  @Optional() @IsIdentifier() score?: string;
  /** What spoke for or against it, as codes; nothing that describes the customer. */
  @Optional() @IsListOfIdentifiers() signals?: string[];
}

/** What all classes of a review have in common. */
export const fraudJudgement = {
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [data.provider, ownIdOrTime(data.review, occurrence)],
  businessKey: ({ leaf, data }) =>
    data.review === undefined ? null : [leaf, data.provider, data.review],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the provider; its id of the review, else the time',
    businessKey: 'the order, the provider and the review; none where the review has no id',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
} satisfies Omit<EventDefinition<string, FraudJudgement>, 'type' | 'dataClass' | 'description'>;
