import { leafDigest } from '#audit';
import { defaultLedgerPrefix } from '#kernel';
import type { EngineEvent } from '#projection-engine';

/** How the engine reads the corpus: as the program reads a ledger. */
export const benchReading = {
  streamPrefix: defaultLedgerPrefix,
  ledgerIdOf: ({ type, data }: EngineEvent) =>
    type === 'LedgerOpened' ? (data as { ledgerId: string }).ledgerId : undefined,
  leafDigestOf: ({ leaf, revision, eventId, type, data, metadata }: EngineEvent) =>
    leafDigest({ stream: leaf, revision, eventId, type, data, metadata }),
};
