import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { eventName, homeOfHappening, keysOfNamed } from '../placement.js';
import { IsSignedMoney } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export const settlementLineTypes = [
  'charge',
  'refund',
  'dispute',
  'dispute_reversal',
  'fee',
  'commission',
  'tax',
  'adjustment',
  'reserve_held',
  'reserve_released',
  'other',
] as const;
export type SettlementLineType = (typeof settlementLineTypes)[number];

export class SettlementLineReported {
  /** The provider's own id of the line: two fees of one payment are two lines. */
  @IsIdentifier() line!: string;
  @IsOneOf(settlementLineTypes) type!: SettlementLineType;
  @IsRegisteredKey() legalEntity!: string;
  /** What came in is above zero, what went back below it. */
  @IsSignedMoney() gross!: Money;
  /** What the provider or marketplace keeps for itself; below zero where it gives a fee back. */
  @IsSignedMoney() fee!: Money;
  /** What it keeps as tax, on its fee or on the sale. */
  @IsSignedMoney() tax!: Money;
  /** What is paid out: gross without fee and tax. */
  @IsSignedMoney() net!: Money;
  /** The payment, or the order where a marketplace knows no payment; left out for the batch's own fees. */
  @Optional() @IsLeafOf('payment', 'order') reference?: string;
  /** The provider's own id of the capture, refund or dispute that is settled. */
  @Optional() @IsIdentifier() movement?: string;
  /** The gross in the currency of the payment, where it is settled in another. */
  @Optional() @IsSignedMoney() originalGross?: Money;
}

export const settlementLineReported = defineEvent({
  type: 'SettlementLineReported',
  dataClass: SettlementLineReported,
  schemaVersion: 1,
  categories: ['settlement'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  measure: ({ data: { gross, fee, tax } }) => [gross, fee, tax].map(moneyText).join(),
  personalData: [],
  keys: lineKeys,
  words: {
    discriminators: "the line's id",
    businessKey: 'the batch and the line',
    touches: 'the line, and the payment or order it settles',
  },
  effect: {
    posts: {
      does: 'later',
      words:
        'payment service: Dr payment fees, tax on them / Cr clearing of the tender; marketplace: Dr marketplace clearing, commission / Cr contract of the marketplace',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A provider or marketplace says what one line of a payout is made of.',
  checks: checkLine,
});

/** A batch settles hundreds of payments, so that each line is kept with its own payment alone. */
function lineKeys(
  event: EventParts<SettlementLineReported> & { readonly eventId: string },
): EventKeys {
  const { reference, line } = event.data;
  const named = keysOfNamed(reference === undefined ? [] : [reference]);
  return keys(homeOfHappening('settlementLine', event.leaf, [line]), {
    connects: [eventName(event.eventId), ...named.connects],
    subjects: named.subjects,
  });
}

function checkLine({ data }: EventParts<SettlementLineReported>): readonly FieldFault[] {
  const { gross, fee, tax, net } = data;
  const other = [fee, tax, net].find(({ currency }) => currency !== gross.currency);
  if (other) return [{ field: 'data.net', message: `every amount must be in ${gross.currency}` }];
  const expected = BigInt(gross.minor) - BigInt(fee.minor) - BigInt(tax.minor);
  return expected === BigInt(net.minor)
    ? []
    : [
        {
          field: 'data.net',
          message: `gross without fee and tax is ${expected} minor units, net is ${net.minor}`,
        },
      ];
}
