import type { EventStoreReader } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { ledgerLeaf } from '#recording';
import { DaybookStartError } from '../composition/start-error.js';

/**
 * The id of the ledger in a store, from its first event.
 *
 * @throws DaybookStartError `ledger_not_opened` where the store holds none
 */
export async function ledgerIdOf(store: EventStoreReader): Promise<string> {
  const read = await store.readStream({
    stream: `${defaultLedgerPrefix}${ledgerLeaf}`,
    fromRevision: 'start',
    direction: 'forwards',
    eventsMax: 1,
  });
  const [first] = read.outcome === 'read' ? read.events : [];
  const { ledgerId } = (first?.data ?? {}) as { readonly ledgerId?: unknown };
  if (first?.type === 'LedgerOpened' && typeof ledgerId === 'string') return ledgerId;
  throw new DaybookStartError(
    'ledger_not_opened',
    `The event store holds no ledger: ${defaultLedgerPrefix}${ledgerLeaf} does not begin with LedgerOpened.`,
  );
}
