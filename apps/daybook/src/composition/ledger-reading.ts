import { leafDigest } from '#audit';
import { defaultLedgerPrefix } from '#kernel';
import type { EngineEvent, EventReading } from '#projection-engine';
import { ledgerLeaf } from '#recording';

/** How the projection engine reads this ledger: its prefix, its identity, its completeness sums. */
export const ledgerReading: EventReading = {
  streamPrefix: defaultLedgerPrefix,
  ledgerIdOf,
  leafDigestOf: ({ leaf, revision, eventId, type, data, metadata }) =>
    leafDigest({ stream: leaf, revision, eventId, type, data, metadata }),
};

function ledgerIdOf({ leaf, type, data }: EngineEvent): string | undefined {
  if (leaf !== ledgerLeaf || type !== 'LedgerOpened') return undefined;
  const { ledgerId } = data as { readonly ledgerId?: unknown };
  return typeof ledgerId === 'string' ? ledgerId : undefined;
}
