import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { eventName } from '../placement.js';
import { IsMoney, IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { homeOfSupplierDocument } from './supplier-invoice-parts.js';

export class SupplierInvoiceMatched {
  /** The line of the invoice. */
  @IsIdentifier() line!: string;
  /** What the goods were received at, and what the line costs more or less than that. */
  @IsMoney() received!: Money;
  @IsSignedMoney() priceVariance!: Money;
  @IsMoney() tax!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsLeafOf('purchaseOrder') purchaseOrder?: string;
  @Optional() @IsIdentifier() purchaseOrderLine?: string;
  /** Who let a difference above the tolerance pass. */
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const supplierInvoiceMatched = defineEvent({
  type: 'SupplierInvoiceMatched',
  dataClass: SupplierInvoiceMatched,
  schemaVersion: 1,
  categories: ['supplierInvoice'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  measure: ({ data: { received, priceVariance, tax } }) =>
    [received, priceVariance, tax].map(moneyText).join(),
  // The supplier issued the document; that it came, and is right, is told by who received it.
  authority: 'any',
  personalData: [],
  keys: ({ eventId, leaf }) =>
    keys(homeOfSupplierDocument(leaf), { connects: [eventName(eventId)] }),
  words: {
    discriminators: 'the line',
    businessKey: "the supplier's invoice and the line",
    touches: "the supplier's invoice",
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr goods received not invoiced, price variance, input tax / Cr accounts payable',
    },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: "A line of a supplier's invoice agrees with what was ordered and received.",
  checks: checkMatch,
});

function checkMatch({ data }: EventParts<SupplierInvoiceMatched>): readonly FieldFault[] {
  const { received, priceVariance, tax } = data;
  return [priceVariance, tax].every(({ currency }) => currency === received.currency)
    ? []
    : [{ field: 'data.priceVariance', message: `every amount must be in ${received.currency}` }];
}
