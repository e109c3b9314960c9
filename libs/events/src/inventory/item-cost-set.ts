import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfItem } from '../placement.js';
import { IsUnitAmount } from '../validation/amounts.js';
import { IsDateOrInstant, IsIdentifier, IsRegisteredKey } from '../validation/decorators.js';

export class ItemCostSet {
  @IsRegisteredKey() legalEntity!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() uom!: string;
  /** The standard cost of one unit. */
  @IsUnitAmount() cost!: { decimal: string; currency: string };
  /** In force from this day of the legal entity, or this instant, until the next. */
  @IsDateOrInstant() validFrom!: string;
}

export const itemCostSet = defineEvent({
  type: 'ItemCostSet',
  dataClass: ItemCostSet,
  schemaVersion: 1,
  categories: ['item'],
  leafFields: ['legalEntity', 'sku'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data }) => [data.uom, data.validFrom],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the unit of measure, and the day or instant it is valid from',
    businessKey: 'none: a register per unit of measure and validity',
    touches: 'the item, and every entry that uses its cost',
  },
  effect: {
    posts: { does: 'never', words: 'it is the basis of cost entries' },
    movesStock: { does: 'never', words: 'it values stock' },
  },
  description: 'The standard cost of an item was set for a legal entity.',
  checks: ({ leaf, data }) =>
    leaf === homeOfItem(data.legalEntity, data.sku)
      ? []
      : [{ field: 'data.sku', message: 'the leaf must be the one of this legal entity and sku' }],
});
