import type { Money } from '#kernel';
import { defineEvent, type EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { eventName, homeOfHappening } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class CarrierInvoiceReceived {
  /** The line of the carrier's invoice, which charges for one thing of one shipment. */
  @IsIdentifier() line!: string;
  /** What is charged: freight, a surcharge, duty. */
  @IsIdentifier() charge!: string;
  @IsMoney() net!: Money;
  @IsMoney() tax!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsLeafOf('shipment') shipment?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const carrierInvoiceReceived = defineEvent({
  type: 'CarrierInvoiceReceived',
  dataClass: CarrierInvoiceReceived,
  schemaVersion: 1,
  categories: ['supplierInvoice'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  measure: ({ data: { net, tax } }) => [net, tax].map(moneyText).join(),
  personalData: [],
  keys: chargeKeys,
  words: {
    discriminators: 'the line',
    businessKey: "the carrier's invoice and the line",
    touches: 'the charge and the shipment',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'accounts payable books what carriers charge; it is compared with what the label cost',
    },
    movesStock: { does: 'never', words: 'it is a document' },
  },
  description: "A carrier's invoice charges for a shipment; one fact a line.",
});

/** A carrier's invoice charges for thousands of shipments, so that each line is kept by itself. */
function chargeKeys({
  eventId,
  leaf,
  data,
}: EventParts<CarrierInvoiceReceived> & { readonly eventId: string }): EventKeys {
  return keys(homeOfHappening('carrierCharge', leaf, [data.line]), {
    connects: [eventName(eventId), ...(data.shipment === undefined ? [] : [data.shipment])],
  });
}
