import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfHappening, eventName } from '../placement.js';
import { StockOwner } from '../shared-parts.js';
import { IsIdentifier, IsOneOf, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class LocationOpened {
  @IsRegisteredKey() node!: string;
  @IsOneOf(['store', 'warehouse', 'supplier', 'logistics_provider', 'virtual']) kind!: string;
  @IsRegisteredKey() legalEntity!: string;
  /** Whose stock it holds, where all of it is one owner's. */
  @Optional() @IsPart(() => StockOwner) owner?: StockOwner;
  /** The system whose word on reservations counts here. */
  @Optional() @IsIdentifier() reservationAuthority?: string;
  /** An IANA zone: the days of the node are its days. */
  @Optional() @IsIdentifier() zone?: string;
}

export const locationOpened = defineEvent({
  type: 'LocationOpened',
  dataClass: LocationOpened,
  schemaVersion: 1,
  categories: ['location'],
  leafFields: ['node'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ eventId, leaf }) =>
    keys(homeOfHappening('opening', leaf, ['opened']), { connects: [eventName(eventId)] }),
  words: {
    discriminators: 'none',
    businessKey: 'the location',
    touches: 'the location',
  },
  effect: {
    posts: { does: 'never', words: 'it says where, and of which legal entity' },
    movesStock: { does: 'never', words: 'what it holds is received there' },
  },
  description:
    'A store, a warehouse or another place that holds stock was opened, or is known from here on.',
});
