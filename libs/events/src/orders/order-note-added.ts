import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { WrittenText } from '../shared-parts.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class OrderNoteAdded {
  @IsOneOf(['internal', 'customer']) visibility!: 'internal' | 'customer';
  @Optional() @IsIdentifier() noteId?: string;
  /** Left out where the source does not hand the text on. */
  @Optional() @IsPart(() => WrittenText) note?: PersonalData<WrittenText>;
}

export const orderNoteAdded = defineEvent({
  type: 'OrderNoteAdded',
  dataClass: OrderNoteAdded,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.noteId, occurrence)],
  businessKey: () => null,
  personalData: [{ field: 'note', subject: ({ leaf }) => personOf(leaf) }],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the note's id, else the time",
    businessKey: 'none: every note stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'Somebody wrote a note on an order; its text is sealed.',
});
