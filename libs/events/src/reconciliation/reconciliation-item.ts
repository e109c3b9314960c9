import type { Money } from '#kernel';
import type { LedgerEvent } from '../envelope.js';
import type { EventParts, FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, homeOfHappening, keysOfNamed } from '../placement.js';

export const comparisons = ['order_to_provider', 'provider_to_bank', 'ledger_to_erp'] as const;
export type Comparison = (typeof comparisons)[number];

/** A reconciliation compares thousands of things, so that each is kept by itself. */
export function reconciliationKeys(
  event: Pick<LedgerEvent, 'eventId' | 'leaf'>,
  item: string,
  named: readonly string[] = [],
): EventKeys {
  const { connects, subjects } = keysOfNamed(named);
  return keys(homeOfHappening('reconciliationItem', event.leaf, [item]), {
    connects: [eventName(event.eventId), ...connects],
    subjects,
  });
}

export function checkOneCurrency({
  data,
}: EventParts<{ expected: Money; found: Money }>): readonly FieldFault[] {
  return data.expected.currency === data.found.currency
    ? []
    : [{ field: 'data.found', message: `must be in ${data.expected.currency}` }];
}
