import { objectCategories } from '../categories.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeaf, IsOneOf, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { eventName, homeOfCorrection, keptApart, keptByHappening } from '../placement.js';

export class CorrectionTarget {
  @IsLeaf() leaf!: string;
  @IsIdentifier() eventId!: string;
  @IsIdentifier() type!: string;
}

export class EventCorrected {
  @IsPart(() => CorrectionTarget) target!: CorrectionTarget;
  /** The correction's own id at its source. */
  @IsIdentifier() correction!: string;
  /** `incorrect_data` annuls one report, `did_not_occur` the happening. */
  @IsOneOf(['incorrect_data', 'did_not_occur']) reason!: 'incorrect_data' | 'did_not_occur';
  /** The id of the event that says it right, where there is one. */
  @Optional() @IsIdentifier() replacedBy?: string;
}

export const eventCorrected = defineEvent({
  type: 'EventCorrected',
  dataClass: EventCorrected,
  schemaVersion: 1,
  categories: objectCategories,
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.target.eventId, data.correction],
  businessKey: () => null,
  authority: 'any',
  personalData: [],
  keys: (event) =>
    keptByHappening(event.leaf)
      ? keys(homeOfCorrection(event.eventId), {
          connects: [eventName(event.eventId), eventName(event.data.target.eventId)],
        })
      : keys(event.leaf, {
          connects: keptApart.includes(event.data.target.type)
            ? [eventName(event.data.target.eventId)]
            : [],
        }),
  words: {
    discriminators: "the target's event id and the correction's id",
    businessKey: 'none: every correction stands alone',
    touches: 'what its target touched',
  },
  effect: {
    posts: { does: 'yes', words: 'reverses: entries of what it annuls do not exist' },
    movesStock: { does: 'yes', words: 'reverses: movements of what it annuls do not count' },
  },
  description: 'An earlier event was wrong, or what it reports did not happen.',
  checks: ({ leaf, data }) =>
    data.target.leaf === leaf
      ? []
      : [{ field: 'data.target.leaf', message: 'must be the leaf the correction lies on' }],
});
